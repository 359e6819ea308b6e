namespace Tollgate.Configuration.Formats;

/// <summary>
/// The shares of a model's deployments: by weight, else by rpm, else by tpm, whichever the first of them has, else all
/// alike.
/// </summary>
internal static class EntryWeights
{
    // A thousand steps are exact enough, and no number of deployments sums up beyond an int.
    private const int Largest = 1000;

    public static IReadOnlyList<int> Of(IReadOnlyList<EntryDraft> entries)
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

    /// <summary>Nothing stays nothing: a deployment of weight 0 is never chosen, in LiteLLM as here.</summary>
    private static int Scaled(decimal weight, decimal largest) =>
        weight == 0 ? 0 : Math.Max(1, (int)Math.Round(weight * Largest / largest));
}
