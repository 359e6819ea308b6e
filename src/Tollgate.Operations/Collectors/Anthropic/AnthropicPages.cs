using System.Globalization;
using System.Text.Json;

namespace Tollgate.Operations.Collectors.Anthropic;

/// <summary>The common structure of Anthropic's reports: daily buckets, cursors, times in ISO 8601.</summary>
internal static class AnthropicPages
{
    public static string Query(DateOnly from, DateOnly to, string? page) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"starting_at={from:yyyy-MM-dd}T00:00:00Z&ending_at={to:yyyy-MM-dd}T00:00:00Z&bucket_width=1d&limit=31"
        ) + (page is null ? "" : "&page=" + Uri.EscapeDataString(page));

    public static ReportPage Read(JsonElement page) =>
        new(
            [
                .. page.List("data")
                    .Select(static bucket => new ReportDay(bucket.Day("starting_at"), [.. bucket.List("results")])),
            ],
            page.NextPage()
        );
}
