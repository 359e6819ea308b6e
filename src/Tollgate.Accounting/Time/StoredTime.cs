namespace Tollgate.Accounting.Time;

/// <summary>
/// Times as they are stored: whole microseconds, from 1970 UTC on where they are moments; what is finer is cut off.
/// </summary>
public static class StoredTime
{
    /// <summary>A moment as microseconds since 1970-01-01 UTC; negative before.</summary>
    public static long ToMicros(this DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>A duration as microseconds.</summary>
    public static long ToMicros(this TimeSpan duration) => duration.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The moment of so many microseconds since 1970-01-01 UTC.</summary>
    public static DateTimeOffset ToTime(long micros) =>
        DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    /// <summary>The duration of so many microseconds.</summary>
    public static TimeSpan ToDuration(long micros) => new(micros * TimeSpan.TicksPerMicrosecond);
}
