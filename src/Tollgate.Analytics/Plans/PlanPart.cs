namespace Tollgate.Analytics.Plans;

/// <summary>A plan for a share of the usage.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Share">The share, from 0 to 1.</param>
public sealed record PlanPart(IPricingPlan Plan, double Share);
