using System.Globalization;
using Tollgate.Accounting.Usage;
using Tollgate.Api.Parameters;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Api.Compatibility.LiteLlm.Activity;

/// <summary>Reads the days that a request is about.</summary>
internal static class ActivityScope
{
    private const int DefaultDays = 7;

    /// <summary>Returns the range, of which no day after tomorrow is read: there is no usage yet.</summary>
    /// <exception cref="ProblemException">A day is not valid, or the range is empty.</exception>
    public static UsageScope Read(ApiRequest request, DateTimeOffset now)
    {
        var zone = CreateZone(request.Get(ActivityRoutes.Timezone));
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var to = ReadDay(request, ActivityRoutes.EndDate) ?? today;
        var from = ReadDay(request, ActivityRoutes.StartDate) ?? to.AddDays(-DefaultDays);
        if (from > to)
            throw CreateException(
                ActivityRoutes.StartDate,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"start_date {from:yyyy-MM-dd} must not be after end_date {to:yyyy-MM-dd}."
                )
            );
        var end = to < today.AddDays(1) ? to.AddDays(1) : today.AddDays(2);
        var start = UsageBuckets.Midnight(from, zone);
        var last = UsageBuckets.Midnight(end, zone);
        return new UsageScope(
            new TimeRange
            {
                From = start,
                To = last > start ? last : start,
                Zone = zone,
            }
        );
    }

    private static TimeZoneInfo CreateZone(int minutesToUtc) =>
        minutesToUtc == 0
            ? TimeZoneInfo.Utc
            : TimeZoneInfo.CreateCustomTimeZone("local", TimeSpan.FromMinutes(-minutesToUtc), "local", "local");

    private static DateTime? ReadDay(ApiRequest request, TextParameter parameter)
    {
        if (request.Get(parameter) is not { } text)
            return null;
        if (
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= 1970 and < 9000
        )
            return day.ToDateTime(TimeOnly.MinValue);
        throw CreateException(parameter, $"{parameter.Name} must be a day such as 2026-11-01, not '{text}'.");
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
