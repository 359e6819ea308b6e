using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>
/// The property by which records are sorted. Only the start has an index: for the others all records of the selection
/// are read, and the first ones are kept.
/// </summary>
public enum UsageSort
{
    /// <summary>The start.</summary>
    Start,

    /// <summary>The cost; records without a price are below all others.</summary>
    Cost,

    /// <summary>The duration.</summary>
    Duration,

    /// <summary>Input and output tokens together.</summary>
    Tokens,
}

internal static class UsageSorts
{
    /// <summary>The value of a record without a price: below any cost that a store accepts.</summary>
    public const decimal NoCost = -9_223_372.036854775807m;

    /// <summary>Returns the value that is compared; 0 for the start, which a position contains anyway.</summary>
    public static decimal GetValue(this UsageSort sort, UsageRecord record) =>
        sort switch
        {
            UsageSort.Start => 0,
            UsageSort.Cost => record.Cost?.Usd ?? NoCost,
            UsageSort.Duration => record.Duration.ToMicros(),
            UsageSort.Tokens => record.Usage.TotalTokens,
            _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, "Unknown sort."),
        };
}
