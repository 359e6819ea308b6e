using System.Globalization;
using System.Text.Json;

namespace Tollgate.Api.Tests.OneNumber.Reports;

/// <summary>LiteLLM's activity: whole days in a zone whose clock never changes.</summary>
internal static class ActivityReports
{
    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["model"] = "model",
        ["key"] = "api_key",
        ["user"] = "user_id",
    };

    public static async Task CheckAsync(Case check)
    {
        var question = check.Question;
        if (
            question.Days is not { } days
            || !Zones.IsFixed(question.Zone)
            || question.Express(Fields, maxValues: 1) is not { } filter
        )
            return;
        var (first, last) = (Question.Format(days.First), Question.Format(days.Last));
        var minutes = -(int)question.Zone.GetUtcOffset(question.From).TotalMinutes;
        var parameters = string.Create(
            CultureInfo.InvariantCulture,
            $"?start_date={first}&end_date={last}&timezone={minutes}{filter}"
        );
        await CheckPagesAsync(check, parameters);
        var all = await check.Reader.GetAsync("/user/daily/activity/aggregated" + parameters);
        check.Compare("activity, aggregated", ReadTotals(all.GetProperty("metadata")));
    }

    private static async Task CheckPagesAsync(Case check, string parameters)
    {
        var size = Math.Max(1, (int)check.Question.LengthInDays / 4);
        var sum = new Figures().Add(Figures.Cost, 0);
        for (var (page, hasMore) = (1, true); hasMore; page++)
        {
            var body = await check.Reader.GetAsync($"/user/daily/activity{parameters}&page={page}&page_size={size}");
            check.Compare($"activity, page {page}", ReadTotals(body.GetProperty("metadata")));
            foreach (var day in body.List("results"))
                sum.Add(CheckDay(check, day));
            hasMore = body.GetProperty("metadata").GetProperty("has_more").GetBoolean();
        }

        check.Compare("activity, all days", sum);
    }

    private static Figures CheckDay(Case check, JsonElement day)
    {
        var date = DateOnly.Parse(day.GetProperty("date").GetString()!, CultureInfo.InvariantCulture);
        var metrics = ReadMetrics(day.GetProperty("metrics"));
        check.Compare(
            $"activity on {Question.Format(date)}",
            metrics,
            Reference.Sum(
                check.Records.Where(record => Reference.FindDay(record.StartedAt, check.Question.Zone) == date)
            )
        );
        foreach (var name in (string[])["models", "providers", "api_keys", "entities"])
            check.Compare(
                $"activity on {Question.Format(date)}, {name}",
                day.GetProperty("breakdown")
                    .GetProperty(name)
                    .EnumerateObject()
                    .Aggregate(
                        new Figures(),
                        static (sum, group) => sum.Add(ReadMetrics(group.Value.GetProperty("metrics")))
                    ),
                metrics
            );
        return metrics;
    }

    private static Figures ReadMetrics(JsonElement metrics) => Read(metrics, "", "spend");

    private static Figures ReadTotals(JsonElement metadata) => Read(metadata, "total_", "total_spend");

    private static Figures Read(JsonElement metrics, string prefix, string spend) =>
        new Figures()
            .Add(Figures.Cost, metrics.GetNumber(spend))
            .Add(Figures.Input, metrics.GetNumber(prefix + "prompt_tokens"))
            .Add(Figures.Output, metrics.GetNumber(prefix + "completion_tokens"))
            .Add(Figures.Cached, metrics.GetNumber(prefix + "cache_read_input_tokens"))
            .Add(Figures.Total, metrics.GetNumber("total_tokens"))
            .Add(Figures.Calls, metrics.GetNumber(prefix + "api_requests"))
            .Add(Figures.Errors, metrics.GetNumber(prefix + "failed_requests"))
            .Add(Figures.Unpriced, metrics.GetNumber(prefix + "unpriced_requests"));
}
