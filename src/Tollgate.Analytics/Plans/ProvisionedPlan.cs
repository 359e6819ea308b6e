using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Plans;

/// <summary>
/// Reserved capacity, paid by the hour whether used or not. Usage is distributed over the hours of the week by the
/// workload's profile; usage above an hour's capacity is refused, or spills over to rates per token.
/// </summary>
public sealed record ProvisionedPlan : PricingPlan
{
    private const double HoursPerWeek = 168;

    /// <summary>Units that are reserved.</summary>
    public required int Units { get; init; }

    /// <summary>US dollars per unit and hour.</summary>
    public required decimal UnitHourFee { get; init; }

    /// <summary>The capacity of one unit in tokens per hour, input and output alike.</summary>
    public required double TokensPerUnitHour { get; init; }

    /// <summary>The rates of tokens above the capacity; null if they are refused.</summary>
    public TokenRates? SpillOver { get; init; }

    /// <inheritdoc/>
    public override void Check(InputValidator check, Workload workload)
    {
        check.Within("units", Units, 0, 1_000_000);
        check.NotNegative("unitHourFee", UnitHourFee);
        check.Positive("tokensPerUnitHour", TokensPerUnitHour);
        SpillOver?.Check(check.ForPart("spillOver"), workload);
    }

    /// <inheritdoc/>
    public override IPlanPricing Prepare(Workload workload) =>
        new Pricing(
            Units * (double)UnitHourFee * HoursPerWeek * WeekProfile.WeeksPerMonth,
            Units * TokensPerUnitHour * WeekProfile.WeeksPerMonth,
            SpillOver?.Over(workload),
            new LoadCurve(workload.Week)
        );

    private sealed class Pricing(double fee, double capacity, TokenPricing? spillOver, LoadCurve week) : IPlanPricing
    {
        public MonthCharge Charge(in UsageMonth usage, Span<double> carried)
        {
            var total = usage.TotalTokens;
            var excess = total > 0 ? week.Above(capacity / total).Excess : 0;
            return spillOver is { } rates
                ? new MonthCharge(fee + excess * rates.Charge(usage))
                : new MonthCharge(fee, excess * total);
        }
    }
}
