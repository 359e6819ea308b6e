namespace Tollgate.Metering.Limits.Windows;

/// <summary>
/// A token bucket: it holds up to <see cref="Burst"/>, and the limit's amount flows in over each period, evenly.
/// </summary>
/// <param name="Period">The time in which the limit's amount flows in.</param>
/// <param name="Burst">The most that it holds, in the metric's unit; null is the limit's amount.</param>
public sealed record BucketWindow(TimeSpan Period, Int128? Burst = null) : LimitWindow
{
    /// <inheritdoc/>
    public override string Text => $"bucket {DurationWords.Of(Period)}";
}
