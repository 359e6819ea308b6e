using Tollgate.Api.Contracts.Amounts;
using Tollgate.Metering.Limits;

namespace Tollgate.Api.Contracts.Limits;

/// <summary>A limit to be set. Fields that are absent stay as they are.</summary>
internal sealed record SetLimitBody
{
    /// <summary>The metric.</summary>
    public required LimitMetric Metric { get; init; }

    /// <summary>
    /// The window in which it counts, such as <c>day</c>, <c>rolling 5 hours</c>, <c>bucket minute</c> or <c>total</c>;
    /// absent for a metric that does not accumulate.
    /// </summary>
    public string? Window { get; init; }

    /// <summary>The maximum allowed, in US dollars or in the metric's unit; 0 denies, null removes the limit.</summary>
    public required AmountField Amount { get; init; }

    /// <summary>The calls that it applies to; absent for all calls.</summary>
    public IReadOnlyList<ScopeField>? Scope { get; init; }

    /// <summary>The action when it is exhausted.</summary>
    public LimitMode? Mode { get; init; }

    /// <summary>The percentages of the amount at which an alert is sent.</summary>
    public IReadOnlyList<int>? AlertAt { get; init; }

    /// <summary>The IANA name of the time zone of a calendar window; absent for UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The maximum that a bucket holds; absent for its amount.</summary>
    public AmountField Burst { get; init; }
}

/// <summary>One condition of a limit's scope.</summary>
internal sealed record ScopeField
{
    /// <summary>The property of a call.</summary>
    public required LimitDimension Dimension { get; init; }

    /// <summary>Its value; null to count each value separately. A key is named by its id.</summary>
    public string? Value { get; init; }
}

/// <summary>A temporary increase of a limit.</summary>
internal sealed record IncreaseLimitBody
{
    /// <summary>The higher amount, in US dollars or in the metric's unit.</summary>
    public required AmountField Amount { get; init; }

    /// <summary>The end of the increase.</summary>
    public required DateTimeOffset Until { get; init; }
}

/// <summary>Counters to be reset.</summary>
internal sealed record ResetLimitBody
{
    /// <summary>
    /// The values whose counters are reset, if the limit counts each value separately; absent for all counters.
    /// </summary>
    public IReadOnlyList<ScopeField>? Scope { get; init; }
}
