using System.Globalization;
using Tollgate.Accounting.Usage;
using Tollgate.Operations.Text;

namespace Tollgate.Operations.Usage.Scopes;

/// <summary>Reads ranges of time, in the same way for the API and the dashboard.</summary>
public static class TimeRangeParser
{
    /// <summary>The range if none is requested.</summary>
    public const string Default = "24h";

    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch,
        Latest = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan MaxLength = TimeSpan.FromDays(3660);

    /// <summary>
    /// Reads a range. Ranges such as <c>7d</c> and <c>this_week</c> include today and end now; <c>24h</c> is exactly
    /// that long.
    /// </summary>
    /// <param name="text">The range.</param>
    /// <param name="now">The time to which relative ranges refer.</param>
    /// <exception cref="OperationException">It is not valid; the message names the parameter <c>range</c>,
    /// <c>from</c>, <c>to</c> or <c>tz</c>, its value, and what is allowed.</exception>
    public static TimeRange Parse(TimeRangeText text, DateTimeOffset now)
    {
        var zone = ParseZone(text.Zone);
        if (text.Range is not null && (text.From ?? text.To) is not null)
            throw FieldRules.CreateException(
                "range",
                $"Write either 'range' or 'from' and 'to', not both: range is '{text.Range}'."
            );
        if (text.From is null && text.To is not null)
            throw FieldRules.CreateException(
                "from",
                "'from' is missing. Write the start of the range as well as 'to'."
            );
        return text.From is null ? ParseName(text.Range ?? Default, now, zone) : ParseEnds(text, now, zone);
    }

    private static TimeRange ParseEnds(TimeRangeText text, DateTimeOffset now, TimeZoneInfo zone)
    {
        var from = TimePointParser.Parse("from", text.From!, now, zone).Start;
        var to = text.To is null ? now : TimePointParser.Parse("to", text.To, now, zone).End;
        if (from < Earliest || to > Latest)
            throw FieldRules.CreateException(
                from < Earliest ? "from" : "to",
                FormattableString.Invariant($"A range must be between {Earliest:yyyy-MM-dd} and {Latest:yyyy-MM-dd}.")
            );
        var range = new TimeRange
        {
            From = from,
            To = to,
            Zone = zone,
        };
        if (range.From >= range.To)
            throw FieldRules.CreateException(
                "from",
                FormattableString.Invariant(
                    $"'from' must be before 'to', but {range.From:yyyy-MM-ddTHH:mm:ssZ} is not before "
                ) + FormattableString.Invariant($"{range.To:yyyy-MM-ddTHH:mm:ssZ}.")
            );
        return range.Length <= MaxLength ? range : throw TooLong("from");
    }

    private static TimeRange ParseName(string name, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var (from, to) = RangeNames.Find(name, today) switch
        {
            { } days => (
                UsageBuckets.Midnight(days.First, zone),
                days.End is { } end ? UsageBuckets.Midnight(end, zone) : now
            ),
            null when Elapsed.TryParse(name, out var length) => (now - length, now),
            _ => throw FieldRules.CreateException(
                "range",
                $"'{name}' is not a valid range. Write a number with m, h, d or w, such as 24h or 7d, or one of "
                    + $"{string.Join(", ", RangeNames.All)}."
            ),
        };
        if (now - from > MaxLength)
            throw TooLong("range");
        return new TimeRange
        {
            From = from,
            // At midnight, today has just begun.
            To = to > from ? to : from.AddSeconds(1),
            Zone = zone,
            Name = name,
        };
    }

    private static TimeZoneInfo ParseZone(string? id)
    {
        if (string.IsNullOrEmpty(id))
            return TimeZoneInfo.Utc;
        return TimeZoneName.TryFind(id, out var zone)
            ? zone
            : throw FieldRules.CreateException(
                "tz",
                $"'{id}' is not a valid time zone. Write an IANA name such as Europe/Berlin or UTC."
            );
    }

    private static OperationException TooLong(string field) =>
        FieldRules.CreateException(
            field,
            string.Create(CultureInfo.InvariantCulture, $"A range must have at most {MaxLength.Days} days.")
        );
}
