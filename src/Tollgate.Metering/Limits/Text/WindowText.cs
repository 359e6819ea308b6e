using System.Globalization;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Metering.Limits.Text;

/// <summary>Options of a window besides its words.</summary>
/// <param name="Zone">The time zone whose midnight counts; null means UTC. Used only by calendar windows.</param>
/// <param name="Anchor">A local time at which a calendar window starts; null means the natural one.</param>
/// <param name="Burst">The maximum that a bucket holds, in the metric's unit; null means the limit's amount.</param>
public readonly record struct WindowOptions(TimeZoneInfo? Zone = null, DateTime? Anchor = null, Int128? Burst = null);

/// <summary>
/// Parses windows: <c>day</c>, <c>7 minutes</c>, <c>rolling 1 hour</c>, <c>bucket minute</c>, <c>30d</c>, <c>total</c>.
/// </summary>
public static class WindowText
{
    private static readonly (string[] Words, CalendarUnit Unit, string Short)[] Units =
    [
        (["second", "seconds", "secondly"], CalendarUnit.Second, "s"),
        (["minute", "minutes", "minutely"], CalendarUnit.Minute, "m"),
        (["hour", "hours", "hourly"], CalendarUnit.Hour, "h"),
        (["day", "days", "daily"], CalendarUnit.Day, "d"),
        (["week", "weeks", "weekly"], CalendarUnit.Week, "w"),
        (["month", "months", "monthly"], CalendarUnit.Month, "mo"),
        (["quarter", "quarters", "quarterly"], CalendarUnit.Quarter, "q"),
        (["year", "years", "yearly"], CalendarUnit.Year, "y"),
    ];

    private const string Expected =
        "Write second, minute, hour, day, week, month, quarter, year or total; optionally with a number (7 minutes, "
        + "30d), and with rolling or bucket before it";

    /// <summary>All words that a window can contain.</summary>
    internal static IEnumerable<string> UnitWords =>
        Units.SelectMany(static unit => unit.Words).Concat(["total", "rolling", "bucket"]);

    /// <summary>Parses a window. A rolling month is 30 days, a rolling quarter 90, a rolling year 365.</summary>
    /// <exception cref="FormatException">
    /// It is not valid; the message states what was found, what is known and what is nearest.
    /// </exception>
    public static LimitWindow Parse(string text, WindowOptions traits = default)
    {
        var words = text.ToLowerInvariant()
            .Split([' ', '_', '-'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var isRolling = words.Contains("rolling");
        var isBucket = words.Contains("bucket");
        var rest = words.Where(static word => word is not ("rolling" or "bucket")).ToArray();
        if (isRolling && isBucket)
            throw CreateException(text, "a window is rolling or a bucket, not both");
        if (traits.Burst is not null && !isBucket)
            throw CreateException(text, "only a bucket has a burst. Write 'bucket minute'");
        if (rest is ["total"] && words.Length == 1)
            return TotalWindow.Instance;
        var (count, unit) = Read(text, rest);
        if (traits.Anchor is not null && (isRolling || isBucket))
            throw CreateException(text, "only a calendar window has an anchor");
        if (isBucket)
            return new BucketWindow(GetLength(text, count, unit, longest: TimeSpan.FromDays(366)), traits.Burst);
        if (isRolling)
            return new RollingWindow(GetLength(text, count, unit, longest: TimeSpan.FromDays(3660)));
        return new CalendarWindow(unit, count, traits.Zone, traits.Anchor);
    }

    private static (int Count, CalendarUnit Unit) Read(string text, string[] words) =>
        words switch
        {
            [var unit] when FindUnit(unit) is { } found => (1, found),
            [var brief] when ParseShortForm(brief) is var (number, unit) => (ParseCount(text, number), unit),
            [var number, var unit] when FindUnit(unit) is { } found => (ParseCount(text, number), found),
            _ => throw CreateException(text, Expected + SuggestNearest(words)),
        };

    private static CalendarUnit? FindUnit(string word)
    {
        foreach (var (words, unit, _) in Units)
            if (words.Contains(word))
                return unit;
        return null;
    }

    /// <summary>A number with its unit in one word, such as <c>30d</c> or <c>1mo</c>.</summary>
    private static (string Number, CalendarUnit Unit)? ParseShortForm(string word)
    {
        var digits = word.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits < 1)
            return null;
        foreach (var (_, unit, brief) in Units)
            if (word[digits..] == brief)
                return (word[..digits], unit);
        return null;
    }

    private static int ParseCount(string text, string number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count is >= 1 and <= 100_000
            ? count
            : throw CreateException(text, $"'{number}' is not a whole number between 1 and 100000");

    private static TimeSpan GetLength(string text, int count, CalendarUnit unit, TimeSpan longest)
    {
        var unitLength = unit switch
        {
            CalendarUnit.Second => TimeSpan.FromSeconds(1),
            CalendarUnit.Minute => TimeSpan.FromMinutes(1),
            CalendarUnit.Hour => TimeSpan.FromHours(1),
            CalendarUnit.Day => TimeSpan.FromDays(1),
            CalendarUnit.Week => TimeSpan.FromDays(7),
            CalendarUnit.Month => TimeSpan.FromDays(30),
            CalendarUnit.Quarter => TimeSpan.FromDays(90),
            _ => TimeSpan.FromDays(365),
        };
        return unitLength * count <= longest
            ? unitLength * count
            : throw CreateException(text, $"it is longer than {longest.TotalDays:0} days");
    }

    private static string SuggestNearest(string[] words)
    {
        foreach (var word in words)
            if (
                !word.All(char.IsAsciiDigit)
                && FindUnit(word) is null
                && NameSuggestion.FindNearest(word, UnitWords) is { } near
            )
                return $". Did you mean '{near}'?";
        return "";
    }

    private static FormatException CreateException(string text, string why) =>
        new($"'{text}' is not a valid window: {why}{(why.EndsWith('?') ? "" : ".")}");
}
