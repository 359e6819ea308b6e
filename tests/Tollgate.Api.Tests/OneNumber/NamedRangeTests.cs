using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>Ranges that move with the clock begin and end where their local days do.</summary>
public sealed class NamedRangeTests
{
    private const int Count = 3000;

    private static readonly string[] Names =
    [
        "today",
        "yesterday",
        "this_week",
        "last_week",
        "this_month",
        "last_month",
        "this_year",
        "last_year",
        "7d",
        "4w",
        "36h",
    ];

    private static readonly (string Name, Func<DateOnly, DateOnly> Before)[] Comparisons =
    [
        ("day", static day => day.AddDays(-1)),
        ("week", static day => day.AddDays(-7)),
        ("month", static day => day.AddMonths(-1)),
        ("year", static day => day.AddYears(-1)),
    ];

    [Fact]
    public void A_named_range_has_whole_local_days()
    {
        var times = new RecordTimes(new Random(1));
        for (var number = 0; number < Count; number++)
        {
            var (now, zone, name) = (times.Next(), times.NextZone(), Names[number % Names.Length]);

            var range = TimeRangeParser.Parse(new TimeRangeText(Range: name, Zone: zone.Id), now);

            var (from, to) = Find(name, now, zone);
            var message = $"{name} at {now:O} in {zone.Id}";
            range.From.ShouldBe(from, message);
            // At midnight, today has just begun.
            range.To.ShouldBe(to > from ? to : from.AddSeconds(1), message);
        }
    }

    [Fact]
    public void The_range_to_compare_whole_days_with_has_whole_local_days()
    {
        var random = new Random(2);
        var times = new RecordTimes(random);
        for (var number = 0; number < Count; number++)
        {
            var (first, zone) = (times.NextDay(), times.NextZone());
            var last = first.AddDays(random.Next(60));
            var range = TimeRangeParser.Parse(
                new TimeRangeText(From: Question.Format(first), To: Question.Format(last), Zone: zone.Id),
                default
            );
            var (name, before) = Comparisons[number % Comparisons.Length];

            var (earlier, previous) = (RangeComparison.Find(name, range)!, RangeComparison.Find("previous", range)!);

            var message = $"{name} before {first} to {last} in {zone.Id}";
            earlier.From.ShouldBe(Reference.FindMidnight(before(first), zone), message);
            // The last days of a long month may all become the last day of a short one.
            var end = Reference.FindMidnight(before(last.AddDays(1)), zone);
            earlier.To.ShouldBe(end > earlier.From ? end : earlier.From + range.Length, message);
            var days = last.DayNumber - first.DayNumber + 1;
            previous.From.ShouldBe(Reference.FindMidnight(first.AddDays(-days), zone), message);
            previous.To.ShouldBe(range.From, message);
        }
    }

    private static (DateTimeOffset From, DateTimeOffset To) Find(string name, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = Reference.FindDay(now, zone);
        var monday = today;
        while (monday.DayOfWeek != DayOfWeek.Monday)
            monday = monday.AddDays(-1);
        var month = new DateOnly(today.Year, today.Month, 1);
        var year = new DateOnly(today.Year, 1, 1);
        return name switch
        {
            "today" => (Start(today), now),
            "yesterday" => (Start(today.AddDays(-1)), Start(today)),
            "this_week" => (Start(monday), now),
            "last_week" => (Start(monday.AddDays(-7)), Start(monday)),
            "this_month" => (Start(month), now),
            "last_month" => (Start(month.AddMonths(-1)), Start(month)),
            "this_year" => (Start(year), now),
            "last_year" => (Start(year.AddYears(-1)), Start(year)),
            "7d" => (Start(today.AddDays(-6)), now),
            "4w" => (Start(today.AddDays(-27)), now),
            _ => (now.AddHours(-36), now),
        };

        DateTimeOffset Start(DateOnly day) => Reference.FindMidnight(day, zone);
    }
}
