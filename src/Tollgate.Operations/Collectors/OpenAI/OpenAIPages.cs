using System.Globalization;
using System.Text.Json;

namespace Tollgate.Operations.Collectors.OpenAI;

/// <summary>The common structure of OpenAI's reports: daily buckets, cursors, times as Unix seconds.</summary>
internal static class OpenAIPages
{
    public static string Query(DateOnly from, DateOnly to, string? page) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"start_time={Seconds(from)}&end_time={Seconds(to)}&bucket_width=1d&limit=31"
        ) + (page is null ? "" : "&page=" + Uri.EscapeDataString(page));

    /// <summary>The reference names the list of results <c>result</c>, the service sends <c>results</c>.</summary>
    public static ReportPage Read(JsonElement page) =>
        new(
            [
                .. page.List("data")
                    .Select(static bucket => new ReportDay(
                        Day(bucket),
                        [.. bucket.List(bucket.Field("results") is null ? "result" : "results")]
                    )),
            ],
            page.NextPage()
        );

    private static DateOnly Day(JsonElement bucket)
    {
        var seconds = bucket.CountOrNull("start_time") ?? throw new FormatException("'start_time' is missing");
        return seconds <= 253_402_300_799
            ? DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime)
            : throw new FormatException($"'start_time' is {seconds}, which is out of range");
    }

    private static long Seconds(DateOnly day) =>
        new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds();
}
