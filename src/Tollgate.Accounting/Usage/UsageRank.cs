namespace Tollgate.Accounting.Usage;

/// <summary>The measure by which groups are ranked.</summary>
public enum UsageRank
{
    /// <summary>The cost of those that have a price.</summary>
    Cost,

    /// <summary>The number of calls.</summary>
    Requests,

    /// <summary>Input and output tokens together.</summary>
    Tokens,

    /// <summary>The total duration.</summary>
    Time,
}

internal static class UsageRanks
{
    /// <summary>Returns the value of the measure.</summary>
    public static decimal GetValue(this UsageRank rank, UsageTotals totals) =>
        rank switch
        {
            UsageRank.Cost => totals.Cost.Usd,
            UsageRank.Requests => totals.Calls,
            UsageRank.Tokens => totals.Usage.TotalTokens,
            UsageRank.Time => totals.Duration.Ticks,
            _ => throw new ArgumentOutOfRangeException(nameof(rank), rank, "Unknown rank."),
        };
}
