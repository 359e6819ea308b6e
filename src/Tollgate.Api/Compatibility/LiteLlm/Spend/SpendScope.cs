using System.Globalization;
using Tollgate.Api.Parameters;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Api.Compatibility.LiteLlm.Spend;

/// <summary>Reads the range of logs and reports, in UTC.</summary>
internal static class SpendScope
{
    private const int DefaultDays = 7;

    private static readonly string[] TimeFormats = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>Returns the range.</summary>
    /// <exception cref="ProblemException">A time is not valid, or the range is empty.</exception>
    public static UsageScope Read(ApiRequest request, DateTimeOffset now)
    {
        var end =
            Parse(request, SpendRoutes.EndDate, isEnd: true)
            ?? new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1);
        var start = Parse(request, SpendRoutes.StartDate, isEnd: false) ?? end.AddDays(-DefaultDays);
        return start < end
            ? new UsageScope(
                new TimeRange
                {
                    From = start,
                    To = end,
                    Zone = TimeZoneInfo.Utc,
                }
            )
            : throw CreateException(SpendRoutes.StartDate, "start_date must not be after end_date.");
    }

    private static DateTimeOffset? Parse(ApiRequest request, TextParameter parameter, bool isEnd)
    {
        if (request.Get(parameter) is not { } text)
            return null;
        var isDay = DateTimeOffset.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        );
        var isValid =
            isDay
            || DateTimeOffset.TryParseExact(
                text,
                TimeFormats,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out time
            );
        if (!isValid || time.Year is < 1970 or >= 9000)
            throw CreateException(
                parameter,
                $"{parameter.Name} must be a day such as 2026-11-01 or a time such as 2026-11-01 12:00:00, not "
                    + $"'{text}'."
            );
        return isEnd ? time + (isDay ? TimeSpan.FromDays(1) : TimeSpan.FromSeconds(1)) : time;
    }

    private static ProblemException CreateException(TextParameter parameter, string message) =>
        ProblemException.Invalid(
            new ProblemError
            {
                Parameter = parameter.Name,
                Code = "invalid_value",
                Message = message,
            }
        );
}
