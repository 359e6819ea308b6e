using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.Tests.OneNumber.Reports;

/// <summary>The list of calls: page by page in every order, and complete as CSV and as JSON Lines.</summary>
internal static class CallReports
{
    private static readonly string[] Orders = ["start", "start", "cost", "duration", "tokens"];

    public static async Task CheckAsync(Case check)
    {
        await CheckPagesAsync(check);
        var path = $"/api/v1/calls?{check.Question.Scope}&limit=1";
        var csv = new CsvRows(await check.Reader.GetTextAsync(path, "text/csv"));
        check.Compare(
            "calls as CSV",
            csv.Cells.Aggregate(Empty(), static (sum, row) => sum.Add(EntryFigures.Read(row)))
        );
        var lines = Reader.ParseLines(await check.Reader.GetTextAsync(path, "application/jsonl"));
        check.Compare("calls as JSON Lines", Sum(lines));
    }

    private static async Task CheckPagesAsync(Case check)
    {
        var order = check.NextOf(Orders);
        var isAscending = check.Random.Next(2) == 0;
        // Small pages, but not so many that the test takes minutes.
        var limit = Math.Clamp(check.Records.Count / 7, 3, 500);
        var report = $"calls by {order}{(isAscending ? ", ascending" : "")}, {limit} a page";
        var entries = new List<JsonElement>();
        var unpriced = 0;
        var after = "";
        while (true)
        {
            var page = await check.Reader.GetAsync(
                $"/api/v1/calls?{check.Question.Scope}&sort_by={order}&ascending={(isAscending ? "true" : "false")}"
                    + $"&limit={limit}{after}"
            );
            entries.AddRange(page.List("data"));
            unpriced += page.GetProperty("unpriced").GetInt32();
            if (page.GetProperty("page").GetProperty("next").GetString() is not { } next)
                break;
            after = "&after=" + next;
        }

        check.Compare(report, Sum(entries));
        // The sum of a page is incomplete by the records without a price, whether or not others add it.
        var expected = check.Records.Count(static record => record is { Corrects: null, Cost: null });
        check.Require(report, unpriced == expected, $"the pages have {unpriced} unpriced records, not {expected}");
        CheckIdentities(check, report, entries);
    }

    /// <summary>Checks that each record is on one page.</summary>
    private static void CheckIdentities(Case check, string report, List<JsonElement> entries)
    {
        var found = entries
            .Select(static entry => new CallId(
                entry.GetProperty("call_id").GetGuid(),
                entry.GetProperty("attempt").GetInt32()
            ))
            .ToHashSet();
        check.Require(report, found.Count == entries.Count, "a record is on two pages");
        check.Require(
            report,
            found.SetEquals(check.Records.Select(static record => record.Id)),
            "it has other records"
        );
    }

    private static Figures Sum(IEnumerable<JsonElement> entries) =>
        entries.Aggregate(Empty(), static (sum, entry) => sum.Add(EntryFigures.Read(entry)));

    private static Figures Empty() => new Figures().Add(Figures.Rows, 0).Add(Figures.Cost, 0);
}
