using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Plans;

/// <summary>
/// Several plans at once, each for a share of the usage; the charges add up. A part is charged on the usage of this
/// plan's accounts, regardless of its own scope.
/// </summary>
public sealed record CompositePlan : PricingPlan
{
    /// <summary>The parts. Their shares add up to 1, or to more if only a fee or a surcharge is added.</summary>
    public required IReadOnlyList<PlanPart> Parts { get; init; }

    /// <inheritdoc/>
    public override void Check(InputValidator check, Workload workload)
    {
        check.Require(Parts.Count > 0, "parts", "is empty: at least one plan is needed");
        for (var i = 0; i < Parts.Count; i++)
        {
            var part = check.ForPart($"parts[{i}]");
            part.Share("share", Parts[i].Share);
            Parts[i].Plan.Check(part.ForPart("plan"), workload);
        }
        var sum = Parts.Sum(part => part.Share);
        check.Require(
            !(sum < 1 - 1e-9),
            "parts",
            InputValidator.FormatRule(sum, "must cover the whole usage: the shares must add up to 1 or more")
        );
    }

    /// <inheritdoc/>
    public override IPlanPricing Prepare(Workload workload) =>
        new Pricing([.. Parts.Select(part => (part.Share, part.Plan.Prepare(workload)))]);

    private sealed class Pricing((double Share, IPlanPricing Plan)[] parts) : IPlanPricing
    {
        public int CarriedValues { get; } = parts.Sum(part => part.Plan.CarriedValues);

        public MonthCharge Charge(in UsageMonth usage, Span<double> carried)
        {
            double amount = 0,
                refused = 0;
            foreach (var (share, plan) in parts)
            {
                var charge = plan.Charge(usage.Share(share), carried[..plan.CarriedValues]);
                carried = carried[plan.CarriedValues..];
                amount += charge.Amount;
                refused += charge.RefusedTokens;
            }
            return new MonthCharge(amount, refused);
        }
    }
}
