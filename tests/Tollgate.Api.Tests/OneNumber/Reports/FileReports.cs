using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.Tests.OneNumber.Reports;

/// <summary>Files: records with all fields, and costs in the columns of FOCUS.</summary>
internal static class FileReports
{
    /// <summary>FOCUS files read day by day.</summary>
    private const int MaxFocusDays = 40;

    public static async Task CheckAsync(Case check)
    {
        var path = $"/api/v1/exports/csv?{check.Question.Scope}";
        var rows = new CsvRows(await check.Reader.GetTextAsync(path, "*/*"));
        check.Compare(
            "export csv",
            rows.Cells.Aggregate(new Figures().Add(Figures.Rows, 0), static (sum, row) => sum.Add(ReadRecord(row)))
        );
        if (check.Question.IsPlain && (check.Question.LengthInDays <= MaxFocusDays || check.Question.Number % 40 == 0))
            await CheckFocusAsync(check);
    }

    private static Figures ReadRecord(Func<string, string> cell)
    {
        var isCall = cell("corrects_call").Length == 0;
        var (cost, outcome) = (cell("cost_usd"), ParseOutcome(cell("outcome")));
        var unpriced = outcome == CallOutcome.Repriced ? -1 : 0;
        return TokenFigures
            .ReadKinds(cell)
            .Add(Figures.Rows, 1)
            .Add(Figures.Calls, isCall ? 1 : 0)
            .Add(Figures.Errors, isCall && Reference.IsFailure(outcome) ? 1 : 0)
            .Add(Figures.Estimated, isCall && cell("usage_source") == "estimated" ? 1 : 0)
            .Add(Figures.Cost, cost.Length == 0 ? 0 : JsonCells.Parse(cost))
            .Add(Figures.Duration, JsonCells.Parse(cell("duration_us")))
            .Add(Figures.Unpriced, isCall && cost.Length == 0 ? 1 : unpriced);
    }

    /// <summary>Checks the cost of a FOCUS file alone.</summary>
    public static async Task CheckCostAsync(Case check)
    {
        if (!check.Question.IsPlain || check.Question.LengthInDays > MaxFocusDays)
            return;
        var rows = new CsvRows(await check.Reader.GetTextAsync($"/api/v1/exports/focus?{check.Question.Scope}", "*/*"));
        check.Compare("FOCUS", new Figures().Add(Figures.Cost, Sum(rows.Cells)[Figures.Cost]));
    }

    /// <summary>
    /// The billed costs of all rows are the cost. Quantities are those of the calls: a correction has none.
    /// </summary>
    private static async Task CheckFocusAsync(Case check)
    {
        var bucket = check.Question.LengthInDays <= 3 ? "hour" : "day";
        var path = $"?{check.Question.Scope}&bucket={bucket}";
        var rows = new CsvRows(await check.Reader.GetTextAsync("/api/v1/exports/focus" + path, "*/*"));
        var lines = Reader.ParseLines(await check.Reader.GetTextAsync("/api/v1/exports/focus-jsonl" + path, "*/*"));
        var tokens = Reference.Sum(check.Records.Where(static record => record.Corrects is null))[Figures.Total];
        var expected = new Figures().Add(Figures.Cost, check.Expected[Figures.Cost]).Add(Figures.Total, tokens);
        check.Compare("FOCUS as CSV", Sum(rows.Cells), expected);
        check.Compare(
            "FOCUS as JSON Lines",
            Sum(lines.Select(static line => (Func<string, string>)(name => Find(line, name)))),
            expected
        );
    }

    private static Figures Sum(IEnumerable<Func<string, string>> rows) =>
        rows.Aggregate(
            new Figures().Add(Figures.Cost, 0).Add(Figures.Total, 0),
            static (sum, row) =>
                sum.Add(Figures.Cost, JsonCells.Parse(row("BilledCost")))
                    .Add(Figures.Total, row("ConsumedUnit") == "Tokens" ? JsonCells.Parse(row("ConsumedQuantity")) : 0)
        );

    private static string Find(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static CallOutcome ParseOutcome(string text) =>
        Enum.Parse<CallOutcome>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
