using System.Globalization;
using Tollgate.Accounting.Usage;
using Tollgate.Operations;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Api.Endpoints.Jobs;

/// <summary>Reads the fields <c>start_date</c> and <c>end_date</c> of bodies.</summary>
internal static class PeriodFields
{
    /// <summary>Returns the period between two days or instants; null is unbounded.</summary>
    /// <exception cref="OperationException">One of them is not valid.</exception>
    public static UsagePeriod Read(string? start, string? end, DateTimeOffset now)
    {
        var (from, to) = (
            start is null ? (DateTimeOffset?)null : Parse("start_date", start, now).Start,
            end is null ? (DateTimeOffset?)null : Parse("end_date", end, now).End
        );
        return from >= to
            ? throw CreateException("end_date", $"end_date '{end}' must not be before start_date '{start}'.")
            : new UsagePeriod(from, to);
    }

    /// <summary>Returns the first day, and the day after the last one.</summary>
    /// <exception cref="OperationException">One of them is not a day.</exception>
    public static (DateOnly From, DateOnly To) ReadDays(string start, string end)
    {
        var (from, to) = (ParseDay("start_date", start), ParseDay("end_date", end));
        return from > to
            ? throw CreateException("end_date", $"end_date '{end}' must not be before start_date '{start}'.")
            : (from, to.AddDays(1));
    }

    private static (DateTimeOffset Start, DateTimeOffset End) Parse(string field, string text, DateTimeOffset now)
    {
        var point = TimePointParser.Parse(field, text, now, TimeZoneInfo.Utc);
        return point.Start.Year < 1970 || point.End.Year >= 9000
            ? throw CreateException(field, $"{field} must be from 1970 to 8999, not '{Shorten(text)}'.")
            : (point.Start, point.End);
    }

    private static DateOnly ParseDay(string field, string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is >= 1970 and < 9000
            ? day
            : throw CreateException(field, $"{field} must be a day such as 2026-11-01, not '{Shorten(text)}'.");

    private static OperationException CreateException(string field, string message) =>
        new(OperationError.Invalid, message) { Field = field };

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
