using System.Globalization;

namespace Tollgate.Api.Tests.OneNumber.Reports;

/// <summary>LiteLLM's logs and reports of spend, in UTC.</summary>
internal static class SpendReports
{
    /// <summary>A page of the logs reads those before it.</summary>
    private const int MaxLogs = 600;

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
            question.HasSeconds
            && check.Records.Count <= MaxLogs
            && question.Express(Fields, maxValues: 1) is { } filter
        )
            await CheckLogsAsync(check, filter);
        if (question.IsPlain && question.Days is { } days && question.Zone == TimeZoneInfo.Utc)
            await CheckReportAsync(
                check,
                $"?start_date={Question.Format(days.First)}&end_date={Question.Format(days.Last)}"
            );
    }

    private static async Task CheckLogsAsync(Case check, string filter)
    {
        // The last second is included.
        var parameters =
            $"?start_date={Format(check.Question.From)}&end_date={Format(check.Question.To.AddSeconds(-1))}{filter}";
        var size = Math.Clamp(check.Records.Count / 4, 2, 100);
        var sum = new Figures().Add(Figures.Rows, 0);
        for (var (page, pages) = (1, 1L); page <= pages; page++)
        {
            var body = await check.Reader.GetAsync($"/spend/logs/v2{parameters}&page={page}&page_size={size}");
            foreach (var log in body.List("data"))
                sum.Add(Figures.Rows, 1)
                    .Add(Figures.Cost, log.GetNumber("spend"))
                    .Add(Figures.Total, log.GetNumber("total_tokens"))
                    .Add(Figures.Errors, log.GetProperty("status").GetString() == "failure" ? 1 : 0);
            pages = body.GetProperty("total_pages").GetInt64();
            check.Compare($"spend/logs/v2, page {page}", new Figures().Add(Figures.Calls, body.GetNumber("total")));
        }

        check.Compare("spend/logs/v2", sum);
    }

    /// <summary>Usage without a key, or without an end user, is in none of these groups.</summary>
    private static async Task CheckReportAsync(Case check, string parameters)
    {
        foreach (
            var (group, list, dimension) in ((string, string, string)[])
                [("api_key", "api_keys", "key"), ("customer", "customers", "end_user")]
        )
        {
            var body = await check.Reader.GetAsync($"/global/spend/report{parameters}&group_by={group}");
            var groups = body.EnumerateArray().SelectMany(day => day.List(list)).ToList();
            var expected = Reference.Sum(check.Records.Where(record => Dimensions.All[dimension](record) is not null));
            var models = groups.SelectMany(static found => found.List("metadata")).ToList();
            check.Compare(
                $"spend/report by {group}",
                new Figures().Add(Figures.Cost, groups.Sum(static found => found.GetNumber("total_spend"))),
                expected
            );
            check.Compare(
                $"spend/report by {group}, models",
                new Figures()
                    .Add(Figures.Cost, models.Sum(static model => model.GetNumber("spend")))
                    .Add(Figures.Total, models.Sum(static model => model.GetNumber("total_tokens"))),
                expected
            );
        }
    }

    private static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
