using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Plans;

/// <summary>Rates that change with the month's volume of tokens, input and output alike.</summary>
public sealed record TieredPlan : PricingPlan
{
    /// <summary>The tiers, in ascending order; only the last one is unbounded.</summary>
    public required IReadOnlyList<VolumeTier> Tiers { get; init; }

    /// <summary>
    /// True if a tier's rates apply to the whole volume once it is reached, instead of only to the part within the
    /// tier.
    /// </summary>
    public bool WholeVolume { get; init; }

    /// <inheritdoc/>
    public override void Check(InputValidator check, Workload workload)
    {
        check.Require(Tiers.Count > 0, "tiers", "is empty: at least one tier is needed");
        double before = 0;
        for (var i = 0; i < Tiers.Count; i++)
        {
            var tier = check.ForPart($"tiers[{i}]");
            Tiers[i].Rates.Check(tier.ForPart("rates"), workload);
            if (i == Tiers.Count - 1)
                tier.Require(Tiers[i].UpTo is null, "upTo", "must be omitted: the last tier has no end");
            else if (!(Tiers[i].UpTo > before))
                tier.Add(
                    "upTo",
                    InputValidator.FormatRule(Tiers[i].UpTo ?? double.NaN, "must be a number above the previous tier's")
                );
            before = Tiers[i].UpTo ?? before;
        }
    }

    /// <inheritdoc/>
    public override IPlanPricing Prepare(Workload workload) =>
        new Pricing(
            [.. Tiers.Select(tier => tier.UpTo ?? double.PositiveInfinity)],
            [.. Tiers.Select(tier => tier.Rates.Over(workload))],
            WholeVolume
        );

    private sealed class Pricing(double[] ends, TokenPricing[] rates, bool whole) : IPlanPricing
    {
        public MonthCharge Charge(in UsageMonth usage, Span<double> carried)
        {
            var total = usage.TotalTokens;
            if (total == 0)
                return default;
            double amount = 0,
                before = 0;
            for (var i = 0; i < ends.Length; i++)
            {
                if (whole && total <= ends[i])
                    return new MonthCharge(rates[i].Charge(usage));
                var within = Math.Min(total, ends[i]) - before;
                amount += within / total * rates[i].Charge(usage);
                if (total <= ends[i])
                    break;
                before = ends[i];
            }
            return new MonthCharge(amount);
        }
    }
}
