namespace Tollgate.Api.Tests.OneNumber;

/// <summary>Times at which mistakes show: at local midnight, where clocks change, and a microsecond beside.</summary>
internal sealed class RecordTimes(Random random)
{
    private static readonly TimeSpan[] Beside =
    [
        TimeSpan.Zero,
        TimeSpan.Zero,
        TimeSpan.FromMicroseconds(1),
        TimeSpan.FromMicroseconds(-1),
        TimeSpan.FromMicroseconds(-499),
        TimeSpan.FromMicroseconds(501),
        TimeSpan.FromSeconds(-1),
        TimeSpan.FromMinutes(15),
    ];

    /// <summary>Returns the next time.</summary>
    public DateTimeOffset Next() =>
        random.Next(10) switch
        {
            < 3 => Reference.FindMidnight(NextDay(), NextZone()) + NextOf(Beside),
            3 => NextChange() + NextOf(Beside) + TimeSpan.FromMinutes(15 * random.Next(-8, 9)),
            4 => NextOf(SomeDays).AddMicroseconds(random.NextInt64(86_400_000_000)),
            _ => StartOf(NextDay()).AddMicroseconds(random.NextInt64(86_400_000_000)),
        };

    /// <summary>Returns a day of the ledger.</summary>
    public DateOnly NextDay() =>
        Zones.FirstDay.AddDays(random.Next(Zones.LastDay.DayNumber - Zones.FirstDay.DayNumber + 1));

    /// <summary>Returns a zone.</summary>
    public TimeZoneInfo NextZone() => NextOf(Zones.All);

    /// <summary>Busy days, so that an hour has more than one record.</summary>
    private static readonly DateTimeOffset[] SomeDays =
    [
        StartOf(new DateOnly(2025, 3, 30)),
        StartOf(new DateOnly(2025, 10, 26)),
        StartOf(new DateOnly(2025, 6, 1)),
    ];

    private DateTimeOffset NextChange()
    {
        var zone = NextZone();
        return Zones.IsFixed(zone) ? Reference.FindMidnight(NextDay(), zone) : NextOf(Zones.ChangesOf(zone));
    }

    private static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private T NextOf<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];
}
