namespace Tollgate.Operations.Collectors.Collections;

/// <summary>One line of a collection: the usage or the cost of a model on a day.</summary>
public sealed record CollectedLine
{
    /// <summary>The day in UTC.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The provider's id, as the ledger names it.</summary>
    public required string Provider { get; init; }

    /// <summary>The model as the provider names it.</summary>
    public required string Model { get; init; }

    /// <summary>The provider's id of the key; null if the report has no breakdown by key.</summary>
    public string? Key { get; init; }

    /// <summary>The provider's project or workspace; null if there is none.</summary>
    public string? Project { get; init; }

    /// <summary>The number of requests; null if the provider does not report it.</summary>
    public long? Requests { get; init; }

    /// <summary>Input tokens, including cached ones.</summary>
    public long InputTokens { get; init; }

    /// <summary>Input tokens read from a cache.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Output tokens.</summary>
    public long OutputTokens { get; init; }

    /// <summary>The cost in US dollars that the provider reports; null if this line has none.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>True if it has usage, not only a cost.</summary>
    internal bool HasUsage => InputTokens + OutputTokens > 0 || Requests > 0;

    internal static CollectedLine Create(ReportedUsage line) =>
        new()
        {
            Day = line.Day,
            Provider = line.Provider,
            Model = line.Model,
            Key = line.Key,
            Project = line.Project,
            Requests = line.Requests,
            InputTokens = line.Usage.InputTokens,
            CachedTokens = line.Usage.CachedTokens,
            OutputTokens = line.Usage.OutputTokens,
            CostUsd = line.Cost?.Usd,
        };
}
