namespace Tollgate.Client.Usage;

/// <summary>The totals of some usage.</summary>
public sealed record UsageTotals
{
    /// <summary>The number of calls.</summary>
    public long Calls { get; init; }

    /// <summary>Those that failed.</summary>
    public long Errors { get; init; }

    /// <summary>Those without a price, which the cost does not include.</summary>
    public long Unpriced { get; init; }

    /// <summary>Those whose usage is estimated.</summary>
    public long Estimated { get; init; }

    /// <summary>The tokens.</summary>
    public TokenCounts Tokens { get; init; } = new();

    /// <summary>The cost in US dollars; null if no call has a price.</summary>
    public decimal? Cost { get; init; }
}

/// <summary>The totals of a range, as the gateway returns them.</summary>
internal sealed record SummaryDocument
{
    public UsageTotals Totals { get; init; } = new();
}

/// <summary>Numbers of tokens.</summary>
public sealed record TokenCounts
{
    /// <summary>Input tokens, including cached ones.</summary>
    public long InputTokens { get; init; }

    /// <summary>Input tokens read from a cache.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Output tokens.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Input and output tokens.</summary>
    public long TotalTokens { get; init; }
}
