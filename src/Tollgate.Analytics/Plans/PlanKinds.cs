namespace Tollgate.Analytics.Plans;

/// <summary>
/// The plans that are data, by name: for readers of configuration and requests, which set the type's properties.
/// </summary>
public static class PlanKinds
{
    private static readonly Dictionary<string, Type> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["per-token"] = typeof(PerTokenPlan),
        ["flat"] = typeof(FlatPlan),
        ["bundle"] = typeof(BundlePlan),
        ["hybrid-seat"] = typeof(HybridSeatPlan),
        ["cached"] = typeof(CachedPlan),
        ["outcome-based"] = typeof(OutcomePlan),
        ["dynamic"] = typeof(DynamicPlan),
        ["tiered-volume"] = typeof(TieredPlan),
        ["prepaid"] = typeof(PrepaidPlan),
        ["provisioned"] = typeof(ProvisionedPlan),
        ["batch"] = typeof(BatchPlan),
        ["composite"] = typeof(CompositePlan),
    };

    /// <summary>The names of all kinds.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>The type of a kind.</summary>
    /// <exception cref="InvalidInputException">No kind has that name.</exception>
    public static Type GetPlanType(string kind) =>
        Known.TryGetValue(kind, out var type)
            ? type
            : throw new InvalidInputException(
                "kind",
                $"'{kind}' is unknown: it must be one of {string.Join(", ", Known.Keys)}"
            );
}
