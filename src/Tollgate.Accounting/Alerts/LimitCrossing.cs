using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Alerts;

/// <summary>Which limit an alert is about, and how far it is spent.</summary>
public sealed record LimitCrossing
{
    /// <summary>The limit's identity.</summary>
    public required string LimitId { get; init; }

    /// <summary>Its name.</summary>
    public required string LimitName { get; init; }

    /// <summary>Whose count it is, where the limit counts each for itself; else empty.</summary>
    public required string Target { get; init; }

    /// <summary>What is counted.</summary>
    public required LimitMetric Metric { get; init; }

    /// <summary>The kind of window, such as <c>month</c>.</summary>
    public required string Window { get; init; }

    /// <summary>When this window began; null where windows do not end.</summary>
    public DateTimeOffset? WindowStart { get; init; }

    /// <summary>
    /// The threshold that was reached, in percent of the amount; the highest, where several were at once.
    /// </summary>
    public required int Threshold { get; init; }

    /// <summary>
    /// The threshold that was told before; 0 where none was. Those between the two were passed at once.
    /// </summary>
    public required int PreviousThreshold { get; init; }

    /// <summary>What is booked in the window, in the metric's unit.</summary>
    public required Int128 Used { get; init; }

    /// <summary>The limit's amount, in the metric's unit.</summary>
    public required Int128 Amount { get; init; }
}
