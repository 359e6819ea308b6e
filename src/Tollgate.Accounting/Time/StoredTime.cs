namespace Tollgate.Accounting.Time;

/// <summary>
/// Conversions of times to their stored form: whole microseconds, since 1970 UTC for points in time; finer parts are
/// truncated.
/// </summary>
public static class StoredTime
{
    /// <summary>Converts a time to microseconds since 1970-01-01 UTC; negative before.</summary>
    public static long ToMicros(this DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>Converts a duration to microseconds.</summary>
    public static long ToMicros(this TimeSpan duration) => duration.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Converts microseconds since 1970-01-01 UTC to a time.</summary>
    public static DateTimeOffset ToTime(long micros) =>
        DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    /// <summary>Converts microseconds to a duration.</summary>
    public static TimeSpan ToDuration(long micros) => new(micros * TimeSpan.TicksPerMicrosecond);
}
