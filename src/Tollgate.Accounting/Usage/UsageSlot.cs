using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Usage;

/// <summary>The slots of 15 minutes of the rollups: half-hour and quarter-hour time zones exist.</summary>
public static class UsageSlot
{
    /// <summary>The length of a slot.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    /// <summary>Returns the start of the slot that contains a time.</summary>
    public static DateTimeOffset Floor(DateTimeOffset time) =>
        StoredTime.ToTime(RollupKey.FloorToSlot(time.ToMicros()));

    /// <summary>Throws if a time is not the start of a slot.</summary>
    /// <exception cref="ArgumentException">The time lies within a slot.</exception>
    public static void RequireStart(DateTimeOffset time)
    {
        if (Floor(time) != time)
            throw new ArgumentException(
                $"Purge times must be at a quarter of an hour, because rollups are stored by it: use {Floor(time):O} "
                    + $"instead of {time:O}.",
                nameof(time)
            );
    }

    /// <summary>
    /// Splits a period into whole slots, which rollups can answer, the part before them and the part after. Each part
    /// may be empty; if the period lies within one slot, all of it is head.
    /// </summary>
    public static SlottedPeriod Split(UsagePeriod period)
    {
        // Half the range means unbounded, so that differences do not overflow.
        var from = period.From?.ToMicros() ?? RollupKey.FloorToSlot(long.MinValue / 2);
        var to = Math.Max(from, period.To?.ToMicros() ?? RollupKey.FloorToSlot(long.MaxValue / 2));
        var endSlot = RollupKey.FloorToSlot(to);
        var firstSlot = RollupKey.FloorToSlot(from) == from ? from : RollupKey.FloorToSlot(from) + RollupKey.SlotMicros;
        if (firstSlot > endSlot)
            firstSlot = endSlot = to;
        return new SlottedPeriod(from, firstSlot, endSlot, to);
    }
}

/// <summary>A period as microseconds since 1970, in three parts.</summary>
/// <param name="HeadFrom">The start of the period and of its head.</param>
/// <param name="FirstSlot">The end of the head and the start of the first whole slot.</param>
/// <param name="EndSlot">The end of the last whole slot and the start of the tail.</param>
/// <param name="TailTo">The end of the tail and of the period.</param>
public readonly record struct SlottedPeriod(long HeadFrom, long FirstSlot, long EndSlot, long TailTo)
{
    /// <summary>The start of the first whole day (UTC) among the whole slots; if there is none, their end.</summary>
    public long FirstDay => HasDays ? DayAfter(FirstSlot) : EndSlot;

    /// <summary>The end of the last whole day; if there is none, the end of the slots.</summary>
    public long EndDay => HasDays ? DayOf(EndSlot) : EndSlot;

    private bool HasDays => DayAfter(FirstSlot) < DayOf(EndSlot);

    /// <summary>Returns the start of the day (UTC) that contains a time.</summary>
    public static long DayOf(long micros) => RollupKey.FloorToDay(micros);

    private static long DayAfter(long micros) => RollupKey.FloorToDay(micros + RollupKey.DayMicros - 1);
}
