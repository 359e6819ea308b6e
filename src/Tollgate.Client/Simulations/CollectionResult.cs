namespace Tollgate.Client.Simulations;

/// <summary>Usage that was collected from providers.</summary>
public sealed record CollectionResult
{
    /// <summary>The id, by which it is simulated and analyzed.</summary>
    public Guid CollectionId { get; init; }

    /// <summary>The number of lines.</summary>
    public int Records { get; init; }

    /// <summary>The sums.</summary>
    public CollectionStatistics Statistics { get; init; } = new();
}

/// <summary>The sums of a collection.</summary>
public sealed record CollectionStatistics
{
    /// <summary>The number of requests that the providers report.</summary>
    public long Requests { get; init; }

    /// <summary>Input tokens, including cached ones.</summary>
    public long InputTokens { get; init; }

    /// <summary>Output tokens.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Input and output tokens.</summary>
    public long TotalTokens { get; init; }

    /// <summary>The cost in US dollars that the providers report; null if none reports any.</summary>
    public decimal? CostUsd { get; init; }
}
