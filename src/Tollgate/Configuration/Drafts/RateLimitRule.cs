namespace Tollgate.Configuration.Drafts;

/// <summary>The window of a rate limit.</summary>
internal enum LimitPeriod
{
    /// <summary>A minute.</summary>
    Minute,

    /// <summary>An hour.</summary>
    Hour,

    /// <summary>A day.</summary>
    Day,
}

/// <summary>A maximum number of requests to a model in each period.</summary>
/// <param name="Model">The name that callers use.</param>
/// <param name="Limit">The number of requests; 0 rejects all.</param>
/// <param name="Period">The window.</param>
internal sealed record RateLimitRule(string Model, long Limit, LimitPeriod Period);

/// <summary>The maximum spend, in USD; null means no limit.</summary>
/// <param name="Total">In total, without a window.</param>
/// <param name="Daily">Per day.</param>
/// <param name="Monthly">Per month.</param>
/// <param name="Alerts">The alerts to send.</param>
internal sealed record BudgetRule(decimal? Total, decimal? Daily, decimal? Monthly, IReadOnlyList<BudgetAlert> Alerts);

/// <summary>Sends an alert when a part of a budget is spent.</summary>
/// <param name="ThresholdPercent">The part, in percent.</param>
/// <param name="Email">The recipient; null if none is given.</param>
internal sealed record BudgetAlert(long ThresholdPercent, string? Email);
