namespace Tollgate.Accounting.Ledger;

/// <summary>Times as they are stored: whole microseconds; what is finer is cut off.</summary>
internal static class StoredTime
{
    public static long ToMicros(this DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static long ToMicros(this TimeSpan duration) => duration.Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToTime(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    public static TimeSpan ToDuration(long micros) => new(micros * TimeSpan.TicksPerMicrosecond);
}
