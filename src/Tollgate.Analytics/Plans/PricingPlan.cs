using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Plans;

/// <summary>
/// The base of the built-in plans. Rates are US dollars per 1,000,000 tokens, fees US dollars per month.
/// </summary>
public abstract record PricingPlan : IPricingPlan
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public ChargeScope ChargedPer { get; init; }

    /// <inheritdoc/>
    public abstract void Check(InputValidator check, Workload workload);

    /// <inheritdoc/>
    public abstract IPlanPricing Prepare(Workload workload);
}
