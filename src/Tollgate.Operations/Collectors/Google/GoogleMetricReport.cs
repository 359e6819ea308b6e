using System.Globalization;
using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Collectors.Google;

/// <summary>
/// <c>timeSeries.list</c> of Cloud Monitoring for one metric of published models, summed by day. Monitoring has
/// neither cost nor cached tokens; those are in the billing export.
/// </summary>
/// <param name="project">The Google Cloud project.</param>
/// <param name="metric">The last part of the metric's type: <c>token_count</c> or
/// <c>model_invocation_count</c>.</param>
internal sealed class GoogleMetricReport(string project, string metric) : IReport
{
    public const string Tokens = "token_count";
    public const string Requests = "model_invocation_count";

    public string Name => metric;

    /// <summary>
    /// Its pages are split between series, not between days: one request per day lets an interrupted collection
    /// continue.
    /// </summary>
    public int MaxDaysPerRequest => 1;

    public string Address(DateOnly from, DateOnly to, string? page)
    {
        var filter = $"metric.type=\"aiplatform.googleapis.com/publisher/online_serving/{metric}\"";
        var fields = string.Create(
            CultureInfo.InvariantCulture,
            $"&interval.startTime={from:yyyy-MM-dd}T00:00:00Z&interval.endTime={to:yyyy-MM-dd}T00:00:00Z"
                + $"&aggregation.alignmentPeriod=86400s&aggregation.perSeriesAligner=ALIGN_DELTA&pageSize=1000"
        );
        return $"v3/projects/{Uri.EscapeDataString(project)}/timeSeries?filter={Uri.EscapeDataString(filter)}{fields}"
            + (page is null ? "" : "&pageToken=" + Uri.EscapeDataString(page));
    }

    public ReportPage Read(JsonElement page)
    {
        var days = new SortedDictionary<DateOnly, List<JsonElement>>();
        foreach (var series in page.List("timeSeries", isOptional: true))
            foreach (var point in series.List("points"))
            {
                var interval = point.Field("interval") ?? throw new FormatException("'interval' is missing");
                var day = interval.Day("startTime");
                if (!days.TryGetValue(day, out var results))
                    days.Add(day, results = []);
                results.Add(Pair(series, point));
            }

        return new ReportPage(
            [.. days.Select(static day => new ReportDay(day.Key, day.Value))],
            page.Text("nextPageToken")
        );
    }

    public IEnumerable<ReportedUsage> Lines(DateOnly day, JsonElement result)
    {
        var labels =
            result.Field("resource")?.Field("labels") ?? throw new FormatException("'resource.labels' is missing");
        var value = result.Field("value") ?? throw new FormatException("'value' is missing");
        var count =
            value.CountOrNull("int64Value")
            ?? value.CountOrNull("doubleValue")
            ?? throw new FormatException("'value' has neither int64Value nor doubleValue");
        if (count == 0)
            yield break;
        yield return new ReportedUsage(day, "gemini", labels.Text("model_user_id") ?? "other")
        {
            Project = labels.Text("project_id") ?? project,
            Requests = metric == Requests ? count : null,
            Usage = metric == Requests ? default : ParseTokens(result, count),
        };
    }

    private static TokenUsage ParseTokens(JsonElement result, long count) =>
        result.Field("metric")?.Field("labels")?.Text("type") switch
        {
            "input" => new TokenUsage { [UsageKind.InputText] = count },
            "output" => new TokenUsage { [UsageKind.OutputText] = count },
            var other => throw new FormatException($"the metric's label 'type' is '{other}', expected input or output"),
        };

    /// <summary>A point with the labels of its series, so that it can be cached by day.</summary>
    private static JsonElement Pair(JsonElement series, JsonElement point) =>
        JsonSerializer.SerializeToElement(
            new Dictionary<string, JsonElement?>
            {
                ["metric"] = series.Field("metric"),
                ["resource"] = series.Field("resource"),
                ["value"] = point.Field("value"),
            },
            ReportJson.Default.DictionaryStringNullableJsonElement
        );
}
