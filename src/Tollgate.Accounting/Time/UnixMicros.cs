namespace Tollgate.Accounting.Time;

/// <summary>A point in time in whole microseconds since 1970-01-01 UTC, as it is stored.</summary>
/// <param name="Value">The microseconds; negative before 1970.</param>
internal readonly record struct UnixMicros(long Value)
{
    /// <summary>The time of what never happens.</summary>
    public static readonly UnixMicros Never = new(long.MaxValue);

    public static UnixMicros FromTime(DateTimeOffset time) => new(time.ToMicros());

    public DateTimeOffset ToTime() => StoredTime.ToTime(Value);

    /// <summary>The time this many microseconds later; null if never.</summary>
    public UnixMicros? After(long? micros) => micros is { } wait ? new UnixMicros(Value + wait) : null;

    public static UnixMicros operator +(UnixMicros time, TimeSpan duration) => new(time.Value + duration.ToMicros());

    public static UnixMicros operator -(UnixMicros time, TimeSpan duration) => new(time.Value - duration.ToMicros());

    public static TimeSpan operator -(UnixMicros end, UnixMicros start) =>
        TimeSpan.FromMicroseconds(end.Value - start.Value);

    public static bool operator <(UnixMicros left, UnixMicros right) => left.Value < right.Value;

    public static bool operator >(UnixMicros left, UnixMicros right) => left.Value > right.Value;

    public static bool operator <=(UnixMicros left, UnixMicros right) => left.Value <= right.Value;

    public static bool operator >=(UnixMicros left, UnixMicros right) => left.Value >= right.Value;
}
