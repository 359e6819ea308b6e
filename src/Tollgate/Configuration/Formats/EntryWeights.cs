namespace Tollgate.Configuration.Formats;

/// <summary>
/// The shares of a model's deployments: by weight, rpm or tpm, the first of these that any of them has; otherwise
/// equal.
/// </summary>
internal static class EntryWeights
{
    // A thousand steps are precise enough, and no number of deployments overflows an int.
    private const int MaxWeight = 1000;

    public static IReadOnlyList<int> Calculate(IReadOnlyList<EntryDraft> entries)
    {
        var weights = Raw(entries);
        var largest = weights.Max();
        return [.. weights.Select(weight => Scaled(weight, largest))];
    }

    private static List<decimal> Raw(IReadOnlyList<EntryDraft> entries)
    {
        Func<EntryDraft, decimal?> by = entries[0] switch
        {
            { Weight: not null } => static entry => entry.Weight,
            { RequestsPerMinute: not null } => static entry => entry.RequestsPerMinute,
            { TokensPerMinute: not null } => static entry => entry.TokensPerMinute,
            _ => static _ => 1,
        };
        return [.. entries.Select(entry => by(entry) ?? 0)];
    }

    /// <summary>Zero stays zero: a deployment of weight 0 is never chosen, as in LiteLLM.</summary>
    private static int Scaled(decimal weight, decimal largest) =>
        weight == 0 ? 0 : Math.Max(1, (int)Math.Round(weight * MaxWeight / largest));
}
