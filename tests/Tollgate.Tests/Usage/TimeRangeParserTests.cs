using System.Globalization;
using Tollgate.Operations;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Tests.Usage;

public sealed class TimeRangeParserTests
{
    /// <summary>A Wednesday afternoon; in Berlin it is 16:30 in summer.</summary>
    private static readonly DateTimeOffset Now = Time("2026-07-15T14:30:00Z");

    [Theory]
    [InlineData("15m", "UTC", "2026-07-15T14:15:00Z", "2026-07-15T14:30:00Z")]
    [InlineData("24h", "Europe/Berlin", "2026-07-14T14:30:00Z", "2026-07-15T14:30:00Z")]
    [InlineData("7d", "UTC", "2026-07-09T00:00:00Z", "2026-07-15T14:30:00Z")]
    [InlineData("1d", "Europe/Berlin", "2026-07-14T22:00:00Z", "2026-07-15T14:30:00Z")]
    [InlineData("2w", "UTC", "2026-07-02T00:00:00Z", "2026-07-15T14:30:00Z")]
    [InlineData("today", "Asia/Kolkata", "2026-07-14T18:30:00Z", "2026-07-15T14:30:00Z")]
    [InlineData("yesterday", "Europe/Berlin", "2026-07-13T22:00:00Z", "2026-07-14T22:00:00Z")]
    [InlineData("this_week", "UTC", "2026-07-13T00:00:00Z", "2026-07-15T14:30:00Z")]
    [InlineData("last_week", "UTC", "2026-07-06T00:00:00Z", "2026-07-13T00:00:00Z")]
    [InlineData("this_month", "Europe/Berlin", "2026-06-30T22:00:00Z", "2026-07-15T14:30:00Z")]
    [InlineData("last_month", "Europe/Berlin", "2026-05-31T22:00:00Z", "2026-06-30T22:00:00Z")]
    [InlineData("this_year", "Europe/Berlin", "2025-12-31T23:00:00Z", "2026-07-15T14:30:00Z")]
    [InlineData("last_year", "UTC", "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z")]
    public void A_name_is_a_range_in_its_time_zone(string name, string zone, string from, string to)
    {
        var range = TimeRangeParser.Parse(new TimeRangeText(name, Zone: zone), Now);

        (range.From, range.To).ShouldBe((Time(from), Time(to)));
        ShouldRoundTrip(range);
    }

    [Theory]
    [InlineData("2026-07-01", "2026-07-02", "UTC", "2026-07-01T00:00:00Z", "2026-07-03T00:00:00Z")]
    [InlineData("2026-10-25", "2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")]
    [InlineData("2026-07-01T09:00", null, "Europe/Berlin", "2026-07-01T07:00:00Z", "2026-07-15T14:30:00Z")]
    [InlineData("2026-07-01T09:00:00+02:00", "now", "UTC", "2026-07-01T07:00:00Z", "2026-07-15T14:30:00Z")]
    [InlineData("now-36h", "now-12h", "UTC", "2026-07-14T02:30:00Z", "2026-07-15T02:30:00Z")]
    // The clock skips this time.
    [InlineData("2026-03-29T02:30", "2026-03-29", "Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29T22:00:00Z")]
    [InlineData(
        "2026-07-01T00:00:00.000001Z",
        "2026-07-01T00:00:00.25Z",
        "UTC",
        "2026-07-01T00:00:00.000001Z",
        "2026-07-01T00:00:00.25Z"
    )]
    public void Two_ends_are_a_range(string from, string? to, string zone, string expectedFrom, string expectedTo)
    {
        var range = TimeRangeParser.Parse(new TimeRangeText(From: from, To: to, Zone: zone), Now);

        (range.From, range.To).ShouldBe((Time(expectedFrom), Time(expectedTo)));
        ShouldRoundTrip(range);
    }

    [Fact]
    public void Without_parameters_it_is_the_last_24_hours() =>
        TimeRangeParser.Parse(new TimeRangeText(), Now).Period.ShouldBe(new(Now.AddDays(-1), Now));

    [Theory]
    [InlineData("25x", null, null, null, "range", "25x")]
    [InlineData("0d", null, null, null, "range", "0d")]
    [InlineData("-1d", null, null, null, "range", "-1d")]
    [InlineData("9999999999d", null, null, null, "range", "9999999999d")]
    [InlineData("99999d", null, null, null, "range", "3660")]
    [InlineData("24h", "2026-07-01", null, null, "range", "not both")]
    [InlineData(null, null, "2026-07-01", null, "from", "missing")]
    [InlineData(null, "July", null, null, "from", "July")]
    [InlineData(null, "2026-02-30", null, null, "from", "2026-02-30")]
    [InlineData(null, "2026-07-01", "never", null, "to", "never")]
    [InlineData(null, "2026-07-02", "2026-07-01", null, "from", "before")]
    [InlineData(null, "1969-01-01", null, null, "from", "1970")]
    [InlineData(null, "9999-12-31", "9999-12-31", null, "from", "9999-12-31")]
    [InlineData("24h", null, null, "Mars/Base", "tz", "Mars/Base")]
    public void A_wrong_parameter_is_named(
        string? range,
        string? from,
        string? to,
        string? zone,
        string field,
        string part
    )
    {
        var error = Should.Throw<OperationException>(() =>
            TimeRangeParser.Parse(new TimeRangeText(range, from, to, zone), Now)
        );

        error.Field.ShouldBe(field);
        error.Message.ShouldContain(part);
    }

    [Theory]
    // Today until now is compared with yesterday until the same time.
    [InlineData("today", "previous", "2026-07-14T00:00:00Z", "2026-07-14T14:30:00Z")]
    [InlineData("this_month", "previous", "2026-06-01T00:00:00Z", "2026-06-15T14:30:00Z")]
    [InlineData("last_month", "previous", "2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z")]
    [InlineData("24h", "previous", "2026-07-13T14:30:00Z", "2026-07-14T14:30:00Z")]
    [InlineData("24h", "week", "2026-07-07T14:30:00Z", "2026-07-08T14:30:00Z")]
    [InlineData("24h", "year", "2025-07-14T14:30:00Z", "2025-07-15T14:30:00Z")]
    public void A_range_is_compared_with_an_earlier_one(string name, string compare, string from, string to)
    {
        var range = TimeRangeParser.Parse(new TimeRangeText(name), Now);

        var earlier = RangeComparison.Find(compare, range).ShouldNotBeNull();

        (earlier.From, earlier.To).ShouldBe((Time(from), Time(to)));
    }

    [Fact]
    public void A_comparison_follows_the_clock_of_the_time_zone()
    {
        var range = TimeRangeParser.Parse(
            new TimeRangeText(From: "2026-03-30", To: "2026-03-30", Zone: "Europe/Berlin"),
            Now
        );

        // The day before had 23 hours.
        RangeComparison.Find("previous", range)!.Length.ShouldBe(TimeSpan.FromHours(23));
        RangeComparison.Find("day", range)!.Length.ShouldBe(TimeSpan.FromHours(23));
        RangeComparison.Find("none", range).ShouldBeNull();
        Should.Throw<OperationException>(() => RangeComparison.Find("decade", range)).Field.ShouldBe("compare");
        Should.Throw<OperationException>(() => RangeComparison.Find("custom", range)).Field.ShouldBe("compare");
        RangeComparison.Find("custom", range, range.Shift(-7)).ShouldBe(range.Shift(-7));
    }

    [Fact]
    public void Any_range_is_read_from_what_it_was_written_as()
    {
        string[] zones = ["UTC", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns"];
        string[] names = ["15m", "24h", "90d", "today", "last_week", "last_month", "this_year"];
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var zone = zones[random.Next(zones.Length)];
            var from = Now.AddSeconds(-random.Next(1, 100_000_000)).AddMicroseconds(random.Next(1_000_000));
            var text =
                random.Next(2) == 0
                    ? new TimeRangeText(names[random.Next(names.Length)], Zone: zone)
                    : new TimeRangeText(From: from.ToString("O", CultureInfo.InvariantCulture), To: "now", Zone: zone);

            ShouldRoundTrip(TimeRangeParser.Parse(text, Now));
        }
    }

    private static void ShouldRoundTrip(TimeRange range)
    {
        var parameters = range.ToParameters().ToDictionary();
        TimeRangeParser
            .Parse(
                new TimeRangeText(
                    parameters.GetValueOrDefault("range"),
                    parameters.GetValueOrDefault("from"),
                    parameters.GetValueOrDefault("to"),
                    parameters.GetValueOrDefault("tz")
                ),
                Now
            )
            .ShouldBe(range);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
