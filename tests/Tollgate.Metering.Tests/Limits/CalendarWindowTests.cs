using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Metering.Tests.Limits;

public sealed class CalendarWindowTests
{
    private static readonly string[] Zones =
    [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "America/Sao_Paulo",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Asia/Kathmandu",
        "Africa/Cairo",
    ];

    [Theory]
    [InlineData(
        "2026-03-29T00:30:00Z",
        "Europe/Berlin",
        CalendarUnit.Day,
        "2026-03-28T23:00:00Z",
        "2026-03-29T22:00:00Z"
    )] // 23 hours
    [InlineData(
        "2026-10-25T12:00:00Z",
        "Europe/Berlin",
        CalendarUnit.Day,
        "2026-10-24T22:00:00Z",
        "2026-10-25T23:00:00Z"
    )] // 25 hours
    [InlineData("2024-02-29T23:59:59Z", "UTC", CalendarUnit.Month, "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z")]
    // from Monday
    [InlineData("2026-11-21T12:00:00Z", "UTC", CalendarUnit.Week, "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z")]
    [InlineData("2026-11-21T12:00:00Z", "UTC", CalendarUnit.Quarter, "2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData(
        "2026-11-21T12:00:00Z",
        "Asia/Kathmandu",
        CalendarUnit.Year,
        "2025-12-31T18:15:00Z",
        "2026-12-31T18:15:00Z"
    )]
    [InlineData(
        "2018-11-04T12:00:00Z",
        "America/Sao_Paulo",
        CalendarUnit.Day,
        "2018-11-04T03:00:00Z",
        "2018-11-05T02:00:00Z"
    )] // midnight was left out
    [InlineData(
        "2011-12-30T09:00:00Z",
        "Pacific/Apia",
        CalendarUnit.Day,
        "2011-12-29T10:00:00Z",
        "2011-12-30T10:00:00Z"
    )] // and here a whole day
    public void Windows_follow_the_calendar_of_the_zone(
        string moment,
        string zone,
        CalendarUnit unit,
        string start,
        string end
    )
    {
        var span = new CalendarWindow(unit, zone: TimeZoneInfo.FindSystemTimeZoneById(zone)).At(At(moment));

        span.ShouldBe(new WindowSpan(At(start), At(end)));
    }

    [Theory]
    [InlineData(CalendarUnit.Minute, 7, 7)]
    [InlineData(CalendarUnit.Minute, 90, 90)]
    [InlineData(CalendarUnit.Hour, 48, 48 * 60)]
    public void Seven_and_ninety_minutes_and_forty_eight_hours_are_what_they_say(
        CalendarUnit unit,
        int count,
        int minutes
    )
    {
        var window = new CalendarWindow(unit, count, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        var span = window.At(At("2026-03-08T05:00:00Z"));

        for (var index = 0; index < 1000; index++)
        {
            (span.End - span.Start).ShouldBe(TimeSpan.FromMinutes(minutes));
            var next = window.At(span.End);
            next.Start.ShouldBe(span.End);
            span = next;
        }
    }

    [Fact]
    public void Months_from_the_thirty_first_begin_on_the_last_day_of_shorter_ones()
    {
        var window = new CalendarWindow(CalendarUnit.Month, anchor: new DateTime(2025, 1, 31));

        window
            .At(At("2026-02-28T00:00:00Z"))
            .ShouldBe(new WindowSpan(At("2026-02-28T00:00:00Z"), At("2026-03-31T00:00:00Z")));
        window.At(At("2026-02-27T23:59:59Z")).Start.ShouldBe(At("2026-01-31T00:00:00Z"));
        window.At(At("2024-02-29T00:00:00Z")).Start.ShouldBe(At("2024-02-29T00:00:00Z"));
    }

    [Fact]
    public void An_anchor_sets_when_days_and_minutes_begin()
    {
        var nine = new CalendarWindow(CalendarUnit.Day, anchor: new DateTime(2026, 1, 1, 9, 0, 0));
        nine.At(At("2026-11-21T08:59:00Z")).Start.ShouldBe(At("2026-11-20T09:00:00Z"));

        var seven = new CalendarWindow(CalendarUnit.Minute, 7, anchor: new DateTime(2026, 1, 1, 0, 3, 0));
        seven.At(At("2026-01-01T00:09:59Z")).Start.ShouldBe(At("2026-01-01T00:03:00Z"));
        seven.At(At("2026-01-01T00:02:59Z")).End.ShouldBe(At("2026-01-01T00:03:00Z"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_window_is_what_a_walk_over_the_minutes_finds(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 150; round++)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(Zones[random.Next(Zones.Length)]);
            var unit = (CalendarUnit)random.Next((int)CalendarUnit.Day, (int)CalendarUnit.Year + 1);
            var window = new CalendarWindow(
                unit,
                random.Next(1, 4),
                zone,
                random.Next(2) == 0 ? null : new DateTime(2000, 1, 1).AddHours(random.Next(24 * 366))
            );
            var moment = new DateTimeOffset(1995, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(
                random.Next(40 * 366 * 24 * 60)
            );

            var span = window.At(moment);

            span.Contains(moment).ShouldBeTrue($"{window} of {zone.Id} at {moment:u}");
            var (start, end) = Walk(window, moment);
            span.ShouldBe(new WindowSpan(start, end), $"{window} of {zone.Id} from {window.Anchor:s} at {moment:u}");
            window.At(span.Start).ShouldBe(span);
            window.At(span.End).Start.ShouldBe(span.End);
        }
    }

    /// <summary>
    /// All starts near the moment, by adding units to the anchor, each looked for minute by minute; then the two around
    /// the moment.
    /// </summary>
    private static (DateTimeOffset Start, DateTimeOffset End) Walk(CalendarWindow window, DateTimeOffset moment)
    {
        const int years = 80;
        var most =
            years
            * (
                window.Unit switch
                {
                    CalendarUnit.Day => 366,
                    CalendarUnit.Week => 53,
                    CalendarUnit.Month => 12,
                    CalendarUnit.Quarter => 4,
                    _ => 1,
                }
            );
        var starts = Enumerable
            .Range(-most, 2 * most)
            .Select(index => LocalStart(window, index))
            .Where(local => Math.Abs((local - moment.DateTime).TotalDays) < 1500)
            .ToList();
        // Those before are before the moment in every zone.
        var far = starts.FindIndex(local => local > moment.DateTime.AddDays(-2));
        var next = starts.FindIndex(Math.Max(far, 0), local => FirstMomentAt(window.Zone, local) > moment);
        return (FirstMomentAt(window.Zone, starts[next - 1]), FirstMomentAt(window.Zone, starts[next]));
    }

    private static DateTime LocalStart(CalendarWindow window, int index) =>
        window.Unit switch
        {
            CalendarUnit.Day => window.Anchor.AddDays(index * window.Count),
            CalendarUnit.Week => window.Anchor.AddDays(7.0 * index * window.Count),
            CalendarUnit.Month => window.Anchor.AddMonths(index * window.Count),
            CalendarUnit.Quarter => window.Anchor.AddMonths(3 * index * window.Count),
            _ => window.Anchor.AddYears(index * window.Count),
        };

    /// <summary>The first minute at which the clocks of a zone show a local time or a later one.</summary>
    private static DateTimeOffset FirstMomentAt(TimeZoneInfo zone, DateTime local)
    {
        var utc = new DateTimeOffset(local, TimeSpan.Zero).AddHours(-26);
        while (TimeZoneInfo.ConvertTime(utc, zone).DateTime < local)
            utc = utc.AddMinutes(1);
        return utc;
    }

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
