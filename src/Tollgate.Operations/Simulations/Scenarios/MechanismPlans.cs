namespace Tollgate.Operations.Simulations.Scenarios;

/// <summary>
/// Pricing mechanisms by name, each with a usual plan, and the usage that is simulated if a request describes none. All
/// have the same rates, so that the mechanisms differ and not the prices. docs/simulation.md has the same figures.
/// </summary>
internal static class MechanismPlans
{
    private const string Rates = "{input: 2.5, cachedInput: 1.25, output: 10}";

    /// <summary>The usage of five users, with about 1.4 million tokens each in a month.</summary>
    public const string Workload = """
        {
          users: 5,
          requests: {family: lognormal, mean: 600, cv: 1.2},
          inputTokens: {family: lognormal, mean: 1800, cv: 0.8},
          outputTokens: {family: lognormal, mean: 500, cv: 1},
          dependence: {family: gaussian, correlation: 0.6},
          cacheHitRate: {family: beta, a: 2, b: 6},
          successRate: 0.97,
          congestion: {family: beta, a: 4, b: 2}
        }
        """;

    private static readonly OrderedDictionary<string, string> Plans = new(StringComparer.Ordinal)
    {
        ["per_token"] = $"kind: per-token, rates: {Rates}",
        ["bundle"] = $"kind: bundle, fee: 6, includedTokens: 1500000, overage: {Rates}",
        ["hybrid"] = $"kind: hybrid-seat, seatFee: 4, includedTokens: 1000000, overage: {Rates}",
        ["cached"] = $"kind: cached, rates: {Rates}, discount: 0.5, hitRate: 0.4",
        ["outcome"] = $"kind: outcome-based, rates: {Rates}, multiplier: 1.2",
        ["dynamic"] = $"kind: dynamic, rates: {Rates}, peakMultiplier: 1.6, threshold: 0.7",
        ["tiered"] =
            $"kind: tiered-volume, tiers: [{{upTo: 1000000, rates: {Rates}}}, "
            + "{rates: {input: 2, cachedInput: 1, output: 8}}]",
        ["prepaid"] = $"kind: prepaid, commitment: 6, rates: {Rates}, bonus: 0.2, overageFactor: 1.1",
    };

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["hybrid_seat"] = "hybrid",
        ["outcome_based"] = "outcome",
        ["tiered_volume"] = "tiered",
        ["prepaid_commitment"] = "prepaid",
    };

    /// <summary>The names.</summary>
    public static IReadOnlyCollection<string> Names => Plans.Keys;

    /// <summary>Returns plans, each named as the request names its mechanism, as YAML.</summary>
    /// <param name="names">The mechanisms; empty for all.</param>
    /// <exception cref="OperationException">A name is unknown, or occurs twice.</exception>
    public static string Format(IReadOnlyList<string> names)
    {
        var requested = names.Count == 0 ? [.. Plans.Keys] : names;
        if (requested.GroupBy(Normalize).FirstOrDefault(static group => group.Count() > 1) is { } twice)
            throw FieldRules.CreateException("mechanisms", $"The mechanism '{twice.Key}' occurs twice. Name it once.");
        return $"[{string.Join(", ", requested.Select(static name => $"{{name: {name}, {Find(name)}}}"))}]";
    }

    private static string Find(string name) =>
        Plans.GetValueOrDefault(Normalize(name))
        ?? throw FieldRules.CreateException(
            "mechanisms",
            $"There is no mechanism '{name}'. The mechanisms are {string.Join(", ", Plans.Keys)}. "
                + "Describe others as plans or as a scenario."
        );

    private static string Normalize(string name) => Aliases.GetValueOrDefault(name, name);
}
