using Tollgate.Accounting.Limits.Admission;
using Tollgate.Metering.Limits;

namespace Tollgate.Operations.Limits;

/// <summary>
/// How much of a limit is used and left. Amounts of money are in US dollars, others are numbers of the metric's unit.
/// </summary>
public sealed record LimitUsage
{
    /// <summary>The limit's id.</summary>
    public required string Limit { get; init; }

    /// <summary>The counted values, in the order of the scope's terms, if it has a counter for each; otherwise
    /// empty.</summary>
    public required IReadOnlyList<string> Target { get; init; }

    /// <summary>The metric.</summary>
    public required LimitMetric Metric { get; init; }

    /// <summary>The maximum that can be used now; null if there is no limit.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The amount recorded in the window.</summary>
    public required decimal Used { get; init; }

    /// <summary>The amount that gateways hold for calls in flight.</summary>
    public required decimal Reserved { get; init; }

    /// <summary>The amount left; negative if more was used than allowed, null if there is no limit.</summary>
    public decimal? Left { get; init; }

    /// <inheritdoc cref="LimitStatus.ResetsAt"/>
    public DateTimeOffset? ResetsAt { get; init; }

    /// <summary>The action when it is exhausted.</summary>
    public required LimitMode Mode { get; init; }

    /// <summary>The effect of the limit on a call, the amount left, and the time of the reset, as a sentence.</summary>
    public required string Explanation { get; init; }

    /// <summary>True if a hard limit now rejects calls although its amount is not 0.</summary>
    public required bool IsExhausted { get; init; }

    internal static LimitUsage Create(LimitStatus status, DateTimeOffset now)
    {
        var (limit, metric) = (status.Limit, status.Limit.Metric);
        return new()
        {
            Limit = limit.Id,
            Target = new LimitTarget(status.Target).Values,
            Metric = metric,
            Amount = LimitNumber.Create(metric, limit.MaxAt(now)),
            Used = LimitNumber.Create(metric, status.Used),
            Reserved = LimitNumber.Create(metric, status.Reserved),
            Left = LimitNumber.Create(metric, status.Left),
            ResetsAt = status.ResetsAt,
            Mode = limit.Mode,
            Explanation = LimitFormatter.Explain(status, now),
            IsExhausted = limit.Mode == LimitMode.Hard && status.Left <= 0 && limit.AmountAt(now) > 0,
        };
    }
}
