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
