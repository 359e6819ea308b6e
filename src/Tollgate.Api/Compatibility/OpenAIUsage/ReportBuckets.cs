using System.Globalization;
using Tollgate.Accounting.Usage;
using Tollgate.Api.Parameters;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Api.Compatibility.OpenAIUsage;

/// <summary>The buckets of one page of a report. The first and the last of the report may be cut by its ends.</summary>
internal sealed class ReportBuckets
{
    private const string PagePrefix = "page_";

    private readonly IReadOnlyList<DateTimeOffset> _edges;

    private ReportBuckets(BucketWidth width, IReadOnlyList<DateTimeOffset> edges, string? next) =>
        (Width, _edges, Next) = (width, edges, next);

    /// <summary>The width.</summary>
    public BucketWidth Width { get; }

    /// <summary>The cursor of the next page; null at the end.</summary>
    public string? Next { get; }

    /// <summary>The range of the page.</summary>
    public TimeRange Range =>
        new()
        {
            From = _edges[0],
            To = _edges[^1],
            Zone = TimeZoneInfo.Utc,
        };

    /// <summary>Reads the page that a request is about.</summary>
    /// <exception cref="ProblemException">The times, the limit, or the cursor are not valid.</exception>
    public static ReportBuckets Read(ApiRequest request, BucketWidth width, DateTimeOffset now)
    {
        var start = DateTimeOffset.FromUnixTimeSeconds(request.Get(OpenAIUsageRoutes.StartTime) ?? 0);
        // Calls of the current second are included.
        var end = DateTimeOffset.FromUnixTimeSeconds(
            request.Get(OpenAIUsageRoutes.EndTime) ?? now.ToUnixTimeSeconds() + 1
        );
        if (end <= start)
            throw CreateException(
                OpenAIUsageRoutes.EndTime,
                "end_time must be later than start_time, and start_time must be in the past."
            );
        var limit = request.Get(OpenAIUsageRoutes.Limit) ?? width.DefaultLimit;
        if (limit > width.MaxLimit)
            throw CreateException(
                OpenAIUsageRoutes.Limit,
                $"limit must be from 1 to {width.MaxLimit} for the bucket_width {width.Name}, not {limit}."
            );
        var first = request.Get(OpenAIUsageRoutes.Page) is { } page ? ReadPage(page, start, end, width) : start;
        IReadOnlyList<DateTimeOffset> edges =
        [
            .. width.Bucket.EdgesBetween(first, end, TimeZoneInfo.Utc).Take(limit + 2),
        ];
        return edges.Count <= limit + 1
            ? new ReportBuckets(width, edges, null)
            : new ReportBuckets(width, [.. edges.Take(limit + 1)], FormatPage(edges[limit]));
    }

    /// <summary>Returns a bucket for each span, empty ones included.</summary>
    public IReadOnlyList<T> Create<T>(Func<DateTimeOffset, DateTimeOffset, T> create) =>
        [.. Enumerable.Range(0, _edges.Count - 1).Select(index => create(_edges[index], _edges[index + 1]))];

    private static string FormatPage(DateTimeOffset start) =>
        PagePrefix + start.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset ReadPage(string page, DateTimeOffset start, DateTimeOffset end, BucketWidth width)
    {
        if (
            page.StartsWith(PagePrefix, StringComparison.Ordinal)
            && int.TryParse(
                page.AsSpan(PagePrefix.Length),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var seconds
            )
            && DateTimeOffset.FromUnixTimeSeconds(seconds) is var first
            && first > start
            && first < end
            && width.Bucket.FloorToBucket(first, TimeZoneInfo.Utc) == first
        )
            return first;
        throw CreateException(
            OpenAIUsageRoutes.Page,
            "page must be the next_page of an earlier page of the same report. Start again without it."
        );
    }

    private static ProblemException CreateException(ApiParameter parameter, string message) =>
        ProblemException.Invalid(
            new ProblemError
            {
                Parameter = parameter.Name,
                Code = "invalid_value",
                Message = message,
            }
        );
}
