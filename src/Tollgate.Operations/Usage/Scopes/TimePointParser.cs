using System.Globalization;
using Tollgate.Accounting.Usage;

namespace Tollgate.Operations.Usage.Scopes;

/// <summary>Reads one end of a range.</summary>
public static class TimePointParser
{
    private static readonly string[] Local =
    [
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
    ];

    private static readonly string[] WithOffset =
    [
        .. Local.Select(static format => format + "'Z'"),
        .. Local.Select(static format => format + "zzz"),
    ];

    /// <summary>Returns the time twice, or the start and the end of a day.</summary>
    /// <param name="field">The field or parameter, for the error.</param>
    /// <param name="text">A day, a time, <c>now</c>, or a time such as <c>now-36h</c>.</param>
    /// <param name="now">The time to which relative times refer.</param>
    /// <param name="zone">The time zone of days, and of times without an offset.</param>
    /// <exception cref="OperationException">The text is not a time.</exception>
    public static (DateTimeOffset Start, DateTimeOffset End) Parse(
        string field,
        string text,
        DateTimeOffset now,
        TimeZoneInfo zone
    )
    {
        var culture = CultureInfo.InvariantCulture;
        if (text == "now")
            return (now, now);
        if (text.StartsWith("now-", StringComparison.Ordinal) && Elapsed.TryParse(text.AsSpan(4), out var length))
            return (now - length, now - length);
        if (DateTime.TryParseExact(text, "yyyy-MM-dd", culture, DateTimeStyles.None, out var day) && IsConvertible(day))
            return (UsageBuckets.Midnight(day, zone), UsageBuckets.Midnight(day.AddDays(1), zone));
        if (DateTimeOffset.TryParseExact(text, WithOffset, culture, DateTimeStyles.AssumeUniversal, out var exact))
            return (exact, exact);
        if (DateTime.TryParseExact(text, Local, culture, DateTimeStyles.None, out var local) && IsConvertible(local))
        {
            // A local time that the clock skips becomes the first one after it.
            var time = UsageBuckets.Midnight(local, zone);
            return (time, time);
        }

        throw FieldRules.CreateException(
            field,
            $"'{text}' is not a valid time. Write a day such as 2026-11-01, a time such as 2026-11-01T09:00:00Z, or "
                + "one relative to now such as now-36h."
        );
    }

    /// <summary>True if the time exists in every time zone, and the day after it, too.</summary>
    private static bool IsConvertible(DateTime local) => local.Year is > 1 and < 9999;
}
