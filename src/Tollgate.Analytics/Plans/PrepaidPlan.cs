using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Plans;

/// <summary>
/// A commitment paid every month for credit, which may be worth more than was paid, is used oldest first, and expires.
/// Usage consumes credit at the rates; usage above the credit is charged at the rates times a factor.
/// </summary>
public sealed record PrepaidPlan : PricingPlan
{
    /// <summary>The commitment, paid at the start of each month.</summary>
    public required decimal Commitment { get; init; }

    /// <summary>The rates at which tokens consume the credit.</summary>
    public required TokenRates Rates { get; init; }

    /// <summary>Bonus credit, as a share of the commitment: 0.2 turns $100 into $120.</summary>
    public double Bonus { get; init; }

    /// <summary>The number of months for which credit is valid, that of its payment included: 1 to 36.</summary>
    public int ExpiryMonths { get; init; } = 12;

    /// <summary>The factor on the rates of usage above the credit.</summary>
    public double OverageFactor { get; init; } = 1;

    /// <inheritdoc/>
    public override void Check(InputValidator check, Workload workload)
    {
        check.NotNegative("commitment", Commitment);
        Rates.Check(check.ForPart("rates"), workload);
        check.NotNegative("bonus", Bonus);
        check.Within("expiryMonths", ExpiryMonths, 1, 36);
        check.NotNegative("overageFactor", OverageFactor);
    }

    /// <inheritdoc/>
    public override IPlanPricing Prepare(Workload workload) =>
        new Pricing(
            (double)Commitment,
            (double)Commitment * (1 + Bonus),
            Rates.Over(workload),
            ExpiryMonths,
            OverageFactor
        );

    private sealed class Pricing(double commitment, double credit, TokenPricing rates, int months, double overageFactor)
        : IPlanPricing
    {
        public int CarriedValues => months;

        public MonthCharge Charge(in UsageMonth usage, Span<double> carried)
        {
            // The slot of a month holds its remaining credit; when the slots wrap around, the old one expires.
            carried[usage.Month % months] = credit;
            var due = rates.Charge(usage);
            for (var age = months - 1; age >= 0 && due > 0; age--)
            {
                ref var left = ref carried[(usage.Month - age + months) % months];
                var taken = Math.Min(left, due);
                left -= taken;
                due -= taken;
            }
            return new MonthCharge(commitment + due * overageFactor);
        }
    }
}
