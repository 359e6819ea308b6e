using Tollgate.Accounting.Usage;

namespace Tollgate.Cli.Parsing;

/// <summary>The current hour, day, week, month or year in a time zone.</summary>
internal static class CurrentPeriod
{
    /// <summary>Returns the current period with this name; all time for <c>all</c>.</summary>
    public static UsagePeriod Parse(string name, DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var day = local.Date;
        return name switch
        {
            "hour" => Hour(local),
            "day" => Between(day, day.AddDays(1), zone),
            "week" => Between(Monday(day), Monday(day).AddDays(7), zone),
            "month" => Between(day.AddDays(1 - day.Day), day.AddDays(1 - day.Day).AddMonths(1), zone),
            "year" => Between(new DateTime(day.Year, 1, 1), new DateTime(day.Year + 1, 1, 1), zone),
            _ => UsagePeriod.All,
        };
    }

    private static UsagePeriod Hour(DateTimeOffset local)
    {
        var start = new DateTimeOffset(local.Date.AddHours(local.Hour), local.Offset);
        return new UsagePeriod(start, start.AddHours(1));
    }

    /// <summary>Weeks begin on Monday (ISO 8601).</summary>
    private static DateTime Monday(DateTime day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static UsagePeriod Between(DateTime start, DateTime end, TimeZoneInfo zone) =>
        new(UsageBuckets.Midnight(start, zone), UsageBuckets.Midnight(end, zone));
}
