using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tollgate.SimulatedProvider.Requests;

namespace Tollgate.SimulatedProvider.Reports;

/// <summary>The days of one page of a report.</summary>
/// <param name="First">The first day of the page.</param>
/// <param name="End">The first day after it.</param>
/// <param name="Next">The first day of the next page; null if there is none.</param>
internal sealed record ReportPeriod(DateOnly First, DateOnly End, DateOnly? Next)
{
    private const int DefaultLimit = 7;
    private const int MaxLimit = 31;

    /// <summary>The page that a query requests; null if the query is invalid.</summary>
    public static ReportPeriod? FromQuery(IQueryCollection query, ProviderFamily family, TimeProvider time)
    {
        var (first, last) =
            family is ProviderFamily.OpenAI
                ? (ParseUnixSeconds(query["start_time"]), ParseUnixSeconds(query["end_time"]))
                : (ParseTime(query["starting_at"]), ParseTime(query["ending_at"]));
        if (first is not { } start || query["bucket_width"].ToString() is not ("" or "1d"))
            return null;
        var limit = query["limit"].ToString() is { Length: > 0 } asked
            ? (int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            : DefaultLimit;
        if (limit is < 1 or > MaxLimit)
            return null;

        var (from, to) = (ToDate(start), ToDate((last ?? time.GetUtcNow()).AddTicks(-1)).AddDays(1));
        if (query["page"].ToString() is { Length: > 0 } page)
        {
            if (
                !page.StartsWith("page_", StringComparison.Ordinal)
                || !DateOnly.TryParseExact(
                    page[5..],
                    "yyyyMMdd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var at
                )
            )
                return null;
            from = at;
        }

        var end = to.DayNumber - from.DayNumber > limit ? from.AddDays(limit) : to;
        return to <= from ? null : new ReportPeriod(from, end, end < to ? end : null);
    }

    private static DateOnly ToDate(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    private static DateTimeOffset? ParseUnixSeconds(string? text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static DateTimeOffset? ParseTime(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;
}
