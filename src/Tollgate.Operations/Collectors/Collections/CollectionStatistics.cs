namespace Tollgate.Operations.Collectors.Collections;

/// <summary>The sums of a collection.</summary>
public sealed record CollectionStatistics
{
    /// <summary>The first day with usage or cost; null without lines.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>The last day with usage or cost; null without lines.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>The number of requests that the providers report.</summary>
    public long Requests { get; init; }

    /// <summary>Input tokens, including cached ones.</summary>
    public long InputTokens { get; init; }

    /// <summary>Input tokens read from a cache.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Output tokens.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Input and output tokens.</summary>
    public long TotalTokens { get; init; }

    /// <summary>The cost in US dollars that the providers report; null if none reports any.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>The number of lines by provider.</summary>
    public required IReadOnlyDictionary<string, int> Providers { get; init; }

    internal static CollectionStatistics Create(IReadOnlyList<CollectedLine> lines)
    {
        var costs = lines.Where(static line => line.CostUsd is not null).ToList();
        return new CollectionStatistics
        {
            FirstDay = lines.Count == 0 ? null : lines.Min(static line => line.Day),
            LastDay = lines.Count == 0 ? null : lines.Max(static line => line.Day),
            Requests = lines.Sum(static line => line.Requests ?? 0),
            InputTokens = lines.Sum(static line => line.InputTokens),
            CachedTokens = lines.Sum(static line => line.CachedTokens),
            OutputTokens = lines.Sum(static line => line.OutputTokens),
            TotalTokens = lines.Sum(static line => line.InputTokens + line.OutputTokens),
            CostUsd = costs.Count == 0 ? null : costs.Sum(static line => line.CostUsd),
            Providers = lines
                .GroupBy(static line => line.Provider, StringComparer.Ordinal)
                .ToDictionary(static group => group.Key, static group => group.Count(), StringComparer.Ordinal),
        };
    }
}
