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

/// <summary>So many requests to a model in each period.</summary>
/// <param name="Model">The name that callers use.</param>
/// <param name="Limit">Requests; 0 denies.</param>
/// <param name="Period">The window.</param>
internal sealed record RateLimitRule(string Model, long Limit, LimitPeriod Period);

/// <summary>What may be spent, in USD; null is no limit.</summary>
/// <param name="Total">For ever.</param>
/// <param name="Daily">In a day.</param>
/// <param name="Monthly">In a month.</param>
/// <param name="Alerts">Who is told when.</param>
internal sealed record BudgetRule(decimal? Total, decimal? Daily, decimal? Monthly, IReadOnlyList<BudgetAlert> Alerts);

/// <summary>Tells someone that a part of a budget is spent.</summary>
/// <param name="ThresholdPercent">The part, in percent.</param>
/// <param name="Email">Who is told; null where nobody was named.</param>
internal sealed record BudgetAlert(long ThresholdPercent, string? Email);
