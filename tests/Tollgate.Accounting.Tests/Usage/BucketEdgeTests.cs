using System.Globalization;
using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Tests.Usage;

public sealed class BucketEdgeTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", 23)]
    [InlineData("Europe/Berlin", "2026-10-25", 25)]
    [InlineData("America/New_York", "2026-11-01", 25)]
    [InlineData("Asia/Kolkata", "2026-11-01", 24)]
    [InlineData("Asia/Kathmandu", "2026-11-01", 24)]
    [InlineData("Africa/Cairo", "2026-04-24", 23)] // Midnight itself is skipped.
    [InlineData("Australia/Lord_Howe", "2026-04-05", 24.5)]
    [InlineData("Australia/Lord_Howe", "2026-10-04", 23.5)]
    [InlineData("UTC", "2026-11-01", 24)]
    public void A_day_is_as_long_as_in_its_time_zone(string zone, string day, double hours)
    {
        var local = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var start = UsageBuckets.Midnight(Date(day), local);
        var end = UsageBuckets.Midnight(Date(day).AddDays(1), local);

        (end - start).TotalHours.ShouldBe(hours);
        UsageBucket.Day.EdgesBetween(start, end, local).ShouldBe([start, end]);
        var edges = UsageBucket.Hour.EdgesBetween(start, end, local).ToList();
        edges[0].ShouldBe(start);
        edges[^1].ShouldBe(end);
        var lengths = edges.Zip(edges.Skip(1), static (from, to) => (to - from).TotalHours).ToList();
        lengths.Sum().ShouldBe(hours);
        lengths.Count.ShouldBe((int)Math.Ceiling(hours));
        lengths.ShouldAllBe(length => length == 1 || length == 0.5);
    }

    [Theory]
    [InlineData(UsageBucket.Minute, 121)]
    [InlineData(UsageBucket.Hour, 3)]
    [InlineData(UsageBucket.Day, 1)]
    public void The_first_and_the_last_bucket_are_cut_by_the_period(UsageBucket bucket, int count)
    {
        var from = new DateTimeOffset(2026, 6, 1, 10, 20, 30, TimeSpan.Zero);
        var to = from.AddHours(2);

        var edges = bucket.EdgesBetween(from, to, TimeZoneInfo.Utc).ToList();

        edges.Count.ShouldBe(count + 1);
        (edges[0], edges[^1]).ShouldBe((from, to));
        edges.Skip(1).SkipLast(1).ShouldAllBe(edge => edge == bucket.FloorToBucket(edge, TimeZoneInfo.Utc));
    }

    [Fact]
    public void Weeks_begin_on_Monday_and_months_with_their_first()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        UsageBucket
            .Week.EdgesBetween(from, from.AddDays(60), berlin)
            .Skip(1)
            .SkipLast(1)
            .ShouldAllBe(edge => edge.DayOfWeek == DayOfWeek.Monday && edge.TimeOfDay == TimeSpan.Zero);
        UsageBucket
            .Month.EdgesBetween(from, from.AddDays(100), berlin)
            .Skip(1)
            .SkipLast(1)
            .Select(static edge => (edge.Month, edge.Day))
            .ShouldBe([(2, 1), (3, 1), (4, 1)]);
    }

    private static DateTime Date(string day) => DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
