namespace Tollgate.Operations.Usage.Scopes;

/// <summary>Ranges of calendar days that have a name.</summary>
internal static class RangeNames
{
    /// <summary>The names, apart from those with a number.</summary>
    public static readonly string[] All =
    [
        "today",
        "yesterday",
        "this_week",
        "last_week",
        "this_month",
        "last_month",
        "this_year",
        "last_year",
    ];

    /// <summary>
    /// Returns the first day and the day after the last one; null for the latter if the range ends now. Returns null
    /// for other names. Weeks begin on Monday.
    /// </summary>
    public static (DateTime First, DateTime? End)? Find(string name, DateTime today)
    {
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var month = today.AddDays(1 - today.Day);
        var year = new DateTime(today.Year, 1, 1);
        return name switch
        {
            "today" => (today, null),
            "yesterday" => (today.AddDays(-1), today),
            "this_week" => (monday, null),
            "last_week" => (monday.AddDays(-7), monday),
            "this_month" => (month, null),
            "last_month" => (month.AddMonths(-1), month),
            "this_year" => (year, null),
            "last_year" => (year.AddYears(-1), year),
            [.., 'd' or 'w'] when Elapsed.TryParse(name, out var length) && length.TotalDays < today.Year * 365 => (
                today.AddDays(1 - length.TotalDays),
                null
            ),
            _ => null,
        };
    }
}
