namespace Tollgate.Accounting.Time;

/// <summary>A point in time in whole microseconds since 1970-01-01 UTC, as it is stored.</summary>
/// <param name="Value">The microseconds; negative before 1970.</param>
public readonly record struct UnixMicros(long Value)
{
    /// <summary>The time of what never happens.</summary>
    public static readonly UnixMicros Never = new(long.MaxValue);

    /// <summary>Converts a time; finer parts than microseconds are truncated.</summary>
    public static UnixMicros FromTime(DateTimeOffset time) => new(time.ToMicros());

    /// <summary>Converts it to a time.</summary>
    public DateTimeOffset ToTime() => StoredTime.ToTime(Value);

    /// <summary>The time this many microseconds later; null if never.</summary>
    internal UnixMicros? After(long? micros) => micros is { } wait ? new UnixMicros(Value + wait) : null;

    /// <summary>Returns a later time.</summary>
    public static UnixMicros operator +(UnixMicros time, TimeSpan duration) => new(time.Value + duration.ToMicros());

    /// <summary>Returns an earlier time.</summary>
    public static UnixMicros operator -(UnixMicros time, TimeSpan duration) => new(time.Value - duration.ToMicros());

    /// <summary>Returns the duration between two times.</summary>
    public static TimeSpan operator -(UnixMicros end, UnixMicros start) =>
        TimeSpan.FromMicroseconds(end.Value - start.Value);

    /// <summary>True if the first one is earlier.</summary>
    public static bool operator <(UnixMicros left, UnixMicros right) => left.Value < right.Value;

    /// <summary>True if the first one is later.</summary>
    public static bool operator >(UnixMicros left, UnixMicros right) => left.Value > right.Value;

    /// <summary>True if the first one is not later.</summary>
    public static bool operator <=(UnixMicros left, UnixMicros right) => left.Value <= right.Value;

    /// <summary>True if the first one is not earlier.</summary>
    public static bool operator >=(UnixMicros left, UnixMicros right) => left.Value >= right.Value;
}
