using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Alerts;

/// <summary>The limit that an alert is about, and how far it is spent.</summary>
public sealed record LimitCrossing
{
    /// <summary>The limit's identity.</summary>
    public required string LimitId { get; init; }

    /// <summary>Its name.</summary>
    public required string LimitName { get; init; }

    /// <summary>The target, if the limit has a counter for each; otherwise empty.</summary>
    public required string Target { get; init; }

    /// <summary>The metric that is counted.</summary>
    public required LimitMetric Metric { get; init; }

    /// <summary>The kind of window, such as <c>month</c>.</summary>
    public required string Window { get; init; }

    /// <summary>When this window began; null if windows do not end.</summary>
    public DateTimeOffset? WindowStart { get; init; }

    /// <summary>
    /// The threshold that was reached, in percent of the amount; the highest if several were reached at once.
    /// </summary>
    public required int Threshold { get; init; }

    /// <summary>
    /// The threshold reported before; 0 if none was. Thresholds between the two were crossed at once.
    /// </summary>
    public required int PreviousThreshold { get; init; }

    /// <summary>The amount recorded in the window, in the metric's unit.</summary>
    public required Int128 Used { get; init; }

    /// <summary>The limit's amount, in the metric's unit.</summary>
    public required Int128 Amount { get; init; }
}
