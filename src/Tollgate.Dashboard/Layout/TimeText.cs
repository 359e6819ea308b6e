using System.Globalization;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Usage.Series;

namespace Tollgate.Dashboard.Layout;

/// <summary>Writes times for people, in the time zone of a range.</summary>
public static class TimeText
{
    /// <summary>Writes a time to the second.</summary>
    public static string Exact(DateTimeOffset time, TimeZoneInfo zone) =>
        Format(TimeZoneInfo.ConvertTime(time, zone), "MMM d, yyyy HH:mm:ss");

    /// <summary>Writes a time as briefly as possible: the time of day, and the day if it is not today.</summary>
    public static string Short(DateTimeOffset time, TimeZoneInfo zone, DateTimeOffset now)
    {
        var (local, today) = (TimeZoneInfo.ConvertTime(time, zone), TimeZoneInfo.ConvertTime(now, zone));
        return local.Date == today.Date ? Format(local, "HH:mm:ss")
            : local.Year == today.Year ? Format(local, "MMM d, HH:mm")
            : Format(local, "MMM d, yyyy");
    }

    /// <summary>Writes a range by its first and last day or time.</summary>
    public static string Range(TimeRange range)
    {
        var from = TimeZoneInfo.ConvertTime(range.From, range.Zone);
        var to = TimeZoneInfo.ConvertTime(range.To, range.Zone);
        if (from.TimeOfDay != TimeSpan.Zero || to.TimeOfDay != TimeSpan.Zero)
            return $"{Format(from, "MMM d, HH:mm")} – {Format(to, from.Date == to.Date ? "HH:mm" : "MMM d, HH:mm")}";
        var last = to.AddDays(-1);
        return from.Date == last.Date ? Format(from, "ddd, MMM d, yyyy")
            : from.Year == last.Year ? $"{Format(from, "MMM d")} – {Format(last, "MMM d, yyyy")}"
            : $"{Format(from, "MMM d, yyyy")} – {Format(last, "MMM d, yyyy")}";
    }

    /// <summary>Writes the start of a bucket.</summary>
    public static string Bucket(DateTimeOffset start, SeriesBucket bucket) =>
        bucket switch
        {
            SeriesBucket.Minute or SeriesBucket.Hour => Format(start, "ddd, MMM d, HH:mm"),
            SeriesBucket.Week => $"Week of {Format(start, "MMM d, yyyy")}",
            SeriesBucket.Month => Format(start, "MMMM yyyy"),
            _ => Format(start, "ddd, MMM d, yyyy"),
        };

    /// <summary>Writes the start of a bucket on an axis.</summary>
    public static string Axis(DateTimeOffset start, SeriesBucket bucket, TimeSpan length) =>
        bucket switch
        {
            SeriesBucket.Minute or SeriesBucket.Hour when length <= TimeSpan.FromHours(30) => Format(start, "HH:mm"),
            SeriesBucket.Minute or SeriesBucket.Hour => Format(start, "ddd HH:mm"),
            SeriesBucket.Month => Format(start, "MMM yyyy"),
            _ => Format(start, "MMM d"),
        };

    /// <summary>Writes the time until another one, such as <c>in 3 h</c>.</summary>
    public static string Until(DateTimeOffset time, DateTimeOffset now) =>
        (time - now) switch
        {
            { Ticks: <= 0 } => "now",
            { TotalMinutes: < 1 } => "in under a minute",
            { TotalHours: < 1 } left => $"in {(int)left.TotalMinutes} min",
            { TotalDays: < 2 } left => $"in {(int)left.TotalHours} h",
            var left => $"in {(int)left.TotalDays} days",
        };

    private static string Format(DateTimeOffset time, string format) =>
        time.ToString(format, CultureInfo.InvariantCulture);
}
