using System.Text.Json;

namespace Tollgate.Api.Tests.OneNumber.Reports;

/// <summary>The summary, with averages, percentiles, and the range before.</summary>
internal static class SummaryReport
{
    private const string Name = "summary";

    public static async Task CheckAsync(Case check)
    {
        var body = await check.Reader.GetAsync(
            $"/api/v1/summary?{check.Question.Scope}&compare=previous&percentiles=true"
        );
        var totals = body.GetProperty("totals");
        check.Compare(Name, ReadTotals(totals));
        CheckUnknown(check, totals);
        CheckAverages(check, totals);
        CheckPercentiles(check, body.GetProperty("percentiles"));
        CheckComparison(check, body.GetProperty("comparison"));
    }

    /// <summary>Checks the totals alone.</summary>
    public static async Task CheckTotalsAsync(Case check)
    {
        var body = await check.Reader.GetAsync($"/api/v1/summary?{check.Question.Scope}");
        check.Compare(Name, ReadTotals(body.GetProperty("totals")));
    }

    /// <summary>The sums of a member "totals".</summary>
    public static Figures ReadTotals(JsonElement totals) =>
        TokenFigures
            .Read(totals.GetProperty("tokens"))
            .Add(Figures.Cost, totals.GetNumber("cost"))
            .Add(Figures.Calls, totals.GetNumber("calls"))
            .Add(Figures.Errors, totals.GetNumber("errors"))
            .Add(Figures.Unpriced, totals.GetNumber("unpriced"))
            .Add(Figures.Estimated, totals.GetNumber("estimated"));

    /// <summary>A cost of which nothing is known is not 0.</summary>
    private static void CheckUnknown(Case check, JsonElement totals)
    {
        var expected = check.Expected;
        var isUnknown =
            expected[Figures.Calls] > 0
            && expected[Figures.Calls] == expected[Figures.Unpriced]
            && expected[Figures.Cost] == 0;
        check.Require(
            Name,
            totals.FindNumber("cost") is null == isUnknown,
            isUnknown ? "the cost is known" : "the cost is null"
        );
    }

    private static void CheckAverages(Case check, JsonElement totals)
    {
        var sums = check.Expected;
        var seconds = sums[Figures.Duration] / 1_000_000m;
        CheckRatio(
            check,
            totals,
            "cost_per_call",
            sums[Figures.Cost],
            sums[Figures.Calls] - sums[Figures.Unpriced],
            12
        );
        CheckRatio(check, totals, "mean_duration_s", seconds, sums[Figures.Calls], 6);
        CheckRatio(check, totals, "cache_share", sums[Figures.Cached], sums[Figures.Input], 6);
    }

    private static void CheckRatio(
        Case check,
        JsonElement totals,
        string name,
        decimal sum,
        decimal count,
        int decimals
    )
    {
        var expected = count > 0 ? decimal.Round(sum / count, decimals) : (decimal?)null;
        var found = totals.FindNumber(name);
        check.Require(Name, found == expected, $"{name} is {found}, not {expected}");
    }

    private static void CheckPercentiles(Case check, JsonElement percentiles)
    {
        var durations = check
            .Records.Where(static record => record.Corrects is null)
            .Select(static record => record.Duration.Ticks / TimeSpan.TicksPerMicrosecond)
            .Order()
            .ToList();
        foreach (var percent in (int[])[50, 95])
        {
            // The nearest rank: the smallest value that at least so many percent do not exceed.
            var expected = durations.Count == 0 ? null : (decimal?)FindPercentile(durations, percent) / 1_000_000m;
            var found = percentiles.FindNumber($"p{percent}");
            check.Require(Name, found == expected, $"p{percent} is {found}, not {expected}");
        }
    }

    private static long FindPercentile(List<long> sorted, int percent) =>
        sorted[(int)Math.Ceiling(sorted.Count * percent / 100.0) - 1];

    private static void CheckComparison(Case check, JsonElement comparison)
    {
        var (question, range) = (check.Question, comparison.GetProperty("range"));
        var (from, to) = (range.GetProperty("from").GetDateTimeOffset(), range.GetProperty("to").GetDateTimeOffset());
        check.Require(Name, to == question.From, $"the range before ends at {to:O}, not at {question.From:O}");
        if (question.Days is { } days)
        {
            var count = days.Last.DayNumber - days.First.DayNumber + 1;
            var expected = Reference.FindMidnight(days.First.AddDays(-count), question.Zone);
            check.Require(Name, from == expected, $"the range before begins at {from:O}, not at {expected:O}");
        }

        var records = check.Ledger.Where(record =>
            record.StartedAt >= from && record.StartedAt < to && question.Matches(record)
        );
        check.Compare(
            "summary of the range before",
            ReadTotals(comparison.GetProperty("totals")),
            Reference.Sum(records)
        );
    }
}
