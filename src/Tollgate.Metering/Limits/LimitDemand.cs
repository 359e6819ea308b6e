using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Limits;

/// <summary>
/// The amounts that a call requires of its limits before it is sent, or charges to them when it is booked.
/// </summary>
/// <param name="Usage">The tokens and requests.</param>
/// <param name="Cost">The cost; null if no price is known.</param>
public readonly record struct LimitDemand(TokenUsage Usage, Money? Cost)
{
    /// <summary>The amount in a metric's unit; null for the cost of an unpriced call.</summary>
    public Int128? this[LimitMetric metric] =>
        metric switch
        {
            LimitMetric.Requests => Usage[UsageKind.Request],
            LimitMetric.InputTokens => Usage.InputTokens,
            LimitMetric.OutputTokens => Usage.OutputTokens,
            LimitMetric.TotalTokens => Usage.TotalTokens,
            LimitMetric.Cost or LimitMetric.CostPerRequest => Cost is { } cost ? LimitAmount.FromUsd(cost.Usd) : null,
            LimitMetric.ConcurrentRequests => 1,
            _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "The metric is not defined."),
        };
}
