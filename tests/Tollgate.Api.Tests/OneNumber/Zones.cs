namespace Tollgate.Api.Tests.OneNumber;

/// <summary>The time zones of the questions, and the changes of their clocks.</summary>
internal static class Zones
{
    /// <summary>The first and the last day of the ledger.</summary>
    public static readonly DateOnly FirstDay = new(2024, 9, 5),
        LastDay = new(2026, 1, 12);

    /// <summary>
    /// Zones with clocks an hour or half an hour ahead in summer, at 45 and 30 minutes past the hour, and two that skip
    /// or repeat midnight. UTC is often, because some reports have no other.
    /// </summary>
    public static readonly IReadOnlyList<TimeZoneInfo> All =
    [
        .. new[]
        {
            "UTC",
            "UTC",
            "UTC",
            "Asia/Kolkata",
            "Asia/Kathmandu",
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "America/St_Johns",
            "Africa/Cairo",
            "America/Santiago",
        }.Select(TimeZoneInfo.FindSystemTimeZoneById),
    ];

    private static readonly Dictionary<string, IReadOnlyList<DateTimeOffset>> Found = All.DistinctBy(static zone =>
            zone.Id
        )
        .ToDictionary(static zone => zone.Id, FindChanges);

    /// <summary>The times at which the clock of a zone changes.</summary>
    public static IReadOnlyList<DateTimeOffset> ChangesOf(TimeZoneInfo zone) => Found[zone.Id];

    /// <summary>True if the clock of a zone never changes.</summary>
    public static bool IsFixed(TimeZoneInfo zone) => ChangesOf(zone).Count == 0;

    private static IReadOnlyList<DateTimeOffset> FindChanges(TimeZoneInfo zone)
    {
        var changes = new List<DateTimeOffset>();
        for (var day = FirstDay; day <= LastDay; day = day.AddDays(1))
        {
            var time = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
            if (zone.GetUtcOffset(time) == zone.GetUtcOffset(time.AddDays(1)))
                continue;
            while (zone.GetUtcOffset(time) == zone.GetUtcOffset(time.AddMinutes(15)))
                time = time.AddMinutes(15);
            changes.Add(time.AddMinutes(15));
        }

        return changes;
    }
}
