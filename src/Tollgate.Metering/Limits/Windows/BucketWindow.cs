namespace Tollgate.Metering.Limits.Windows;

/// <summary>
/// A token bucket: it holds up to <see cref="Burst"/>, and refills evenly by the limit's amount over each period.
/// </summary>
/// <param name="Period">The time in which the bucket refills by the limit's amount.</param>
/// <param name="Burst">The maximum that it holds, in the metric's unit; null means the limit's amount.</param>
public sealed record BucketWindow(TimeSpan Period, Int128? Burst = null) : LimitWindow
{
    /// <inheritdoc/>
    public override string Text => $"bucket {DurationFormatter.Format(Period)}";
}
