using System.Text.Json;

namespace Tollgate.Api.Tests.OneNumber.Reports;

/// <summary>A statement of a user over the view of the records.</summary>
/// <param name="syntax">The syntax of the database.</param>
internal sealed class SqlReport(SqlSyntax syntax)
{
    private static readonly (string Column, string Figure)[] Sums =
    [
        ("cost", Figures.Cost),
        ("prompt_tokens", Figures.Input),
        ("completion_tokens", Figures.Output),
        ("total_tokens", Figures.Total),
        ("cached_tokens", Figures.Cached),
        ("reasoning_tokens", Figures.Reasoning),
    ];

    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["model"] = "model",
        ["user"] = "username",
        ["project"] = "project",
        ["session"] = "session",
        ["application"] = "caller_name",
    };

    public async Task CheckAsync(Case check)
    {
        var question = check.Question;
        if (question.Express(Columns, maxValues: 50) is null)
            return;
        var where =
            $"datetime >= {syntax.FormatTime(question.From)} AND datetime < {syntax.FormatTime(question.To)}"
            + string.Concat(question.Conditions.Select(Format));
        var row = await check.Reader.SelectAsync(
            $"SELECT COUNT(*), {string.Join(", ", Sums.Select(static sum => $"SUM({sum.Column})"))} "
                + $"FROM accounting_entries WHERE {where}"
        );
        var expected = Reference.Sum(check.Ledger.Where(record => syntax.Selects(question, record)));
        check.Compare("query", Read(row, expected), expected);
    }

    private Figures Read(JsonElement row, Figures expected)
    {
        var figures = new Figures().Add(Figures.Rows, row[0].ReadNumber() ?? 0);
        foreach (var (index, sum) in Sums.Index())
        {
            var found = row[index + 1].ReadNumber() ?? 0;
            // SQLite has no decimals: the cost of the view is for display.
            var isClose = !syntax.HasDecimals && Math.Abs(found - expected[sum.Figure]) < 0.000001m;
            figures.Add(sum.Figure, sum.Figure == Figures.Cost && isClose ? expected[sum.Figure] : found);
        }

        return figures;
    }

    private string Format(Condition condition) =>
        $" AND {Columns[condition.Field]} IN ({string.Join(", ", condition.Values.Select(syntax.FormatText))})";
}
