namespace Tollgate.Accounting.Usage;

/// <summary>The steps of a time series.</summary>
public enum UsageBucket
{
    /// <summary>A clock hour.</summary>
    Hour,

    /// <summary>From midnight to midnight.</summary>
    Day,

    /// <summary>From Monday to Monday (ISO 8601).</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,

    /// <summary>A clock minute.</summary>
    Minute,
}

/// <summary>One step of a time series.</summary>
/// <param name="Start">Its start, with the offset that the zone had then.</param>
/// <param name="Totals">Its sums.</param>
public sealed record UsagePoint(DateTimeOffset Start, UsageTotals Totals);

/// <summary>Computes where buckets begin.</summary>
public static class UsageBuckets
{
    /// <summary>Returns the start of the bucket that contains a time.</summary>
    public static DateTimeOffset FloorToBucket(this UsageBucket bucket, DateTimeOffset time, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        if (bucket == UsageBucket.Minute)
            return local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute));
        // A clock hour that occurs twice is two buckets: each keeps its offset.
        if (bucket == UsageBucket.Hour)
            return new DateTimeOffset(local.DateTime.Date.AddHours(local.Hour), local.Offset);
        var day = local.DateTime.Date;
        return Midnight(
            bucket switch
            {
                UsageBucket.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
                UsageBucket.Month => day.AddDays(1 - day.Day),
                _ => day,
            },
            zone
        );
    }

    /// <summary>
    /// Returns the edges of the buckets of a period: its start, each start of a bucket within it, and its end. The
    /// first and the last bucket may be cut by the period. A day has 23 or 25 hours where the clock changes, and a
    /// clock hour that the change cuts short, by half an hour on Lord Howe Island, is a bucket of its own.
    /// </summary>
    /// <param name="bucket">The length of the buckets.</param>
    /// <param name="from">The start of the period.</param>
    /// <param name="to">The end of the period.</param>
    /// <param name="zone">The time zone of the buckets.</param>
    public static IEnumerable<DateTimeOffset> EdgesBetween(
        this UsageBucket bucket,
        DateTimeOffset from,
        DateTimeOffset to,
        TimeZoneInfo zone
    )
    {
        for (var edge = from; edge < to; edge = bucket.FindEnd(edge, zone))
            yield return edge;
        yield return to;
    }

    /// <summary>Returns the end of the bucket that contains a time.</summary>
    private static DateTimeOffset FindEnd(this UsageBucket bucket, DateTimeOffset time, TimeZoneInfo zone)
    {
        var start = bucket.FloorToBucket(time, zone);
        var day = start.DateTime.Date;
        switch (bucket)
        {
            case UsageBucket.Minute:
                return start.AddMinutes(1);
            case UsageBucket.Hour:
                // Clocks change at a quarter of an hour.
                var end = UsageSlot.Floor(time);
                do end += UsageSlot.Length;
                while (bucket.FloorToBucket(end, zone) == start);
                return end;
            case UsageBucket.Week:
                return Midnight(day.AddDays(7), zone);
            case UsageBucket.Month:
                return Midnight(day.AddMonths(1), zone);
            default:
                return Midnight(day.AddDays(1), zone);
        }
    }

    /// <summary>Returns the first time of a day; if the clock skips midnight, the first one that exists.</summary>
    public static DateTimeOffset Midnight(DateTime day, TimeZoneInfo zone)
    {
        var start = DateTime.SpecifyKind(day, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(start))
            start = start.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(start) ? zone.GetAmbiguousTimeOffsets(start).Max() : zone.GetUtcOffset(start);
        return new DateTimeOffset(start, offset);
    }
}
