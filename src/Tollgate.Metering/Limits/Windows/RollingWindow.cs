namespace Tollgate.Metering.Limits.Windows;

/// <summary>
/// The most recent period, counted in 60 parts. The part that is only partially within the window counts in full, so
/// that usage within any period of that length never exceeds the limit.
/// </summary>
public sealed record RollingWindow : LimitWindow
{
    /// <summary>The number of parts in one window.</summary>
    public const int Parts = 60;

    /// <summary>Creates a window of a length.</summary>
    /// <param name="length">At least a second, at most ten years.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is shorter or longer.</exception>
    public RollingWindow(TimeSpan length)
    {
        if (length < TimeSpan.FromSeconds(1) || length > TimeSpan.FromDays(3660))
            throw new ArgumentOutOfRangeException(
                nameof(length),
                length,
                "A rolling window must be between one second and ten years long."
            );
        Length = length;
        // Rounded up: sixty parts must not be shorter than the window.
        PartMicros =
            (length.Ticks + (Parts * TimeSpan.TicksPerMicrosecond) - 1) / (Parts * TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>The length.</summary>
    public TimeSpan Length { get; }

    /// <summary>The length of one part, in microseconds.</summary>
    public long PartMicros { get; }

    /// <inheritdoc/>
    public override string Text => $"rolling {DurationFormatter.Format(Length)}";

    /// <summary>The start of the part that contains a time, in microseconds since 1970.</summary>
    public long GetPart(long micros) => micros - (((micros % PartMicros) + PartMicros) % PartMicros);

    /// <summary>The start of the oldest part that still counts at a time.</summary>
    public long GetOldestPart(long micros) => GetPart(micros - (Length.Ticks / TimeSpan.TicksPerMicrosecond));

    /// <summary>When a part expires, in microseconds since 1970.</summary>
    public long ExpiresAt(long part) => part + PartMicros + (Length.Ticks / TimeSpan.TicksPerMicrosecond);
}
