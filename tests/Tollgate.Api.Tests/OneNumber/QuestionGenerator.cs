using Tollgate.Metering.Usage;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>Generates questions from their numbers, so that each can be repeated alone.</summary>
internal sealed class QuestionGenerator(int number, IReadOnlyList<UsageRecord> records)
{
    /// <summary>The number of a single question to check; null for all.</summary>
    private const string Variable = "TOLLGATE_ONE_NUMBER";

    private readonly Random _random = new(number);

    /// <summary>True if a single question is checked.</summary>
    public static bool IsSingle => Single is not null;

    private static int? Single =>
        int.TryParse(Environment.GetEnvironmentVariable(Variable), out var number) ? number : null;

    /// <summary>Returns the questions from 1 to a number, or the one that the environment names.</summary>
    public static IEnumerable<Question> Create(int count, IReadOnlyList<UsageRecord> records)
    {
        var numbers = Single is { } only ? [only] : Enumerable.Range(1, count);
        return numbers.Select(number => new QuestionGenerator(number, records).Create());
    }

    private Question Create()
    {
        var zone = Zones.All[_random.Next(Zones.All.Count)];
        var range = _random.Next(4) switch
        {
            0 => CreateBetweenRecords(zone),
            1 => CreateOfSeconds(zone),
            _ => CreateOfDays(zone),
        };
        var conditions = new ConditionGenerator(_random, records);
        return _random.Next(10) switch
        {
            < 4 => range,
            < 8 => range with { Conditions = [conditions.Next()] },
            8 => range with { Conditions = Distinct(conditions.Next(), conditions.Next()) },
            _ => range with { Search = conditions.NextText() },
        };
    }

    /// <summary>Whole local days, often around a change of the clock.</summary>
    private Question CreateOfDays(TimeZoneInfo zone)
    {
        var times = new RecordTimes(_random);
        var changes = Zones.ChangesOf(zone);
        var first =
            changes.Count > 0 && _random.Next(2) == 0
                ? Reference.FindDay(changes[_random.Next(changes.Count)], zone).AddDays(-_random.Next(3))
                : times.NextDay();
        var last = first.AddDays(
            _random.Next(10) switch
            {
                < 3 => _random.Next(3),
                < 7 => _random.Next(40),
                _ => _random.Next(450),
            }
        );
        return new Question(
            number,
            zone,
            Reference.FindMidnight(first, zone),
            Reference.FindMidnight(last.AddDays(1), zone)
        )
        {
            Days = (first, last),
        };
    }

    /// <summary>From and to any second.</summary>
    private Question CreateOfSeconds(TimeZoneInfo zone)
    {
        var start = new DateTimeOffset(
            new RecordTimes(_random).NextDay(),
            TimeOnly.MinValue.Add(TimeSpan.FromSeconds(_random.Next(86_400))),
            TimeSpan.Zero
        );
        var seconds = (long)Math.Pow(10, 2 + (_random.NextDouble() * 5.4));
        return new Question(number, zone, start, start.AddSeconds(seconds));
    }

    /// <summary>From the start of a record to that of another, or a microsecond beside.</summary>
    private Question CreateBetweenRecords(TimeZoneInfo zone)
    {
        var (from, to) = (NextStart(), NextStart());
        if (_random.Next(2) == 0)
            to = from.AddDays(_random.Next(-20, 20));
        if (from > to)
            (from, to) = (to, from);
        return new Question(number, zone, from, from == to ? to.AddMicroseconds(1) : to);
    }

    private DateTimeOffset NextStart() =>
        records[_random.Next(records.Count)].StartedAt.AddMicroseconds(_random.Next(-1, 2));

    /// <summary>A route takes a field only once for each operator.</summary>
    private static IReadOnlyList<Condition> Distinct(Condition one, Condition other) =>
        one.Field == other.Field ? [one] : [one, other];
}
