using System.Globalization;
using System.Text.Json;

namespace Tollgate.Api.Tests.OneNumber.Reports;

/// <summary>The short routes: whole local days, of one model at most.</summary>
internal static class ShortReports
{
    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal) { ["model"] = "model" };

    public static async Task CheckAsync(Case check)
    {
        if (FindParameters(check.Question) is not { } parameters)
            return;
        await CheckSummaryAsync(check);
        await CheckListAsync(check, parameters);
    }

    /// <summary>Checks the totals, by model and by day.</summary>
    public static async Task CheckSummaryAsync(Case check)
    {
        if (FindParameters(check.Question) is not { } parameters)
            return;
        var body = await check.Reader.GetAsync("/api/token-usage/summary?" + parameters);
        check.Compare("token-usage/summary", Read(body.GetProperty("summary")));
        foreach (var list in (string[])["by_model", "by_day"])
            check.Compare(
                $"token-usage/summary, {list}",
                body.List(list).Aggregate(Read(null), static (sum, part) => sum.Add(Read(part)))
            );
        foreach (var part in body.List("by_day"))
        {
            var day = DateOnly.Parse(part.GetProperty("date").GetString()!, CultureInfo.InvariantCulture);
            check.Compare(
                $"token-usage/summary on {Question.Format(day)}",
                Read(part),
                Reference.Sum(
                    check.Records.Where(record => Reference.FindDay(record.StartedAt, check.Question.Zone) == day)
                )
            );
        }
    }

    private static string? FindParameters(Question question) =>
        question.Days is { } days && question.Express(Fields, maxValues: 1) is { } filter
            ? $"start_date={Question.Format(days.First)}&end_date={Question.Format(days.Last)}"
                + $"&time_zone={question.Zone.Id}{filter}"
            : null;

    private static async Task CheckListAsync(Case check, string parameters)
    {
        var limit = Math.Clamp(check.Records.Count / 4, 5, 500);
        var next = $"/api/token-usage?{parameters}&limit={limit}";
        var sum = new Figures().Add(Figures.Rows, 0);
        while (next is not null)
        {
            (var page, next) = await check.Reader.GetPageAsync(next);
            foreach (var record in page.EnumerateArray())
                sum.Add(ReadTokens(record)).Add(Figures.Rows, 1);
        }

        check.Compare("token-usage", sum);
    }

    private static Figures Read(JsonElement? part) =>
        part is { } totals
            ? ReadTokens(totals)
                .Add(Figures.Calls, totals.GetNumber("request_count"))
                .Add(Figures.Unpriced, totals.GetNumber("unpriced_count"))
            : new Figures().Add(Figures.Cost, 0);

    private static Figures ReadTokens(JsonElement part) =>
        new Figures()
            .Add(Figures.Input, part.GetNumber("prompt_tokens"))
            .Add(Figures.Output, part.GetNumber("completion_tokens"))
            .Add(Figures.Total, part.GetNumber("total_tokens"))
            .Add(Figures.Cost, part.GetNumber("estimated_cost"));
}
