using System.Globalization;
using Tollgate.Analytics.Forecasting;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Forecasts;
using Tollgate.Operations.Text;

namespace Tollgate.Cli.Forecasts;

/// <summary>Prints forecasts for people, and for spreadsheets.</summary>
internal static class ForecastFormatter
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    private static readonly string[] DayTitles =
    [
        "day",
        "amount",
        "low",
        "high",
        "running",
        "running_low",
        "running_high",
    ];

    public static void Write(TextWriter output, ForecastResult result, bool isMarkdown)
    {
        var first = result.Groups.FirstOrDefault(static group => group.Last is not null);
        output.WriteLine(
            $"{(isMarkdown ? "## " : "")}Forecast of "
                + result.Quantity
                + (
                    first is null
                        ? ""
                        : $", {FigureText.Day(first.Days[0].Day)} to {FigureText.Day(first.Last!.Value.Day)}"
                )
        );
        output.WriteLine();
        if (result.By == "none" && first is not null)
            Table(output, isMarkdown, DayTitles, first.Report.Days.Select(Cells));
        else if (result.By != "none")
            Table(
                output,
                isMarkdown,
                [result.By, "days_so_far", "sum", "low", "high", "error_a_day", "naive_error", "method"],
                result.Groups.Select(Line)
            );
        output.WriteLine();
        foreach (var note in Notes(result, first))
            output.WriteLine(isMarkdown ? $"- {TextTable.MarkdownCell(note)}" : ResultTable.Printable(note));
        if (result.Budgets.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine($"{(isMarkdown ? "## " : "")}Budgets");
        if (isMarkdown)
            output.WriteLine();
        Table(
            output,
            isMarkdown,
            ["limit", "of", "amount", "used", "window_ends", "runs_out", "earliest", "latest"],
            result.Budgets.Select(Line)
        );
        output.WriteLine();
        foreach (var budget in result.Budgets)
            output.WriteLine(
                (isMarkdown ? "- " : "")
                    + ResultTable.Printable(
                        $"{budget.Limit}{(budget.Target is null ? "" : $" of {budget.Target}")}: {budget.Explanation}"
                    )
            );
    }

    /// <summary>One line per day and group.</summary>
    public static void WriteCsv(TextWriter output, ForecastResult result)
    {
        string[] titles = result.By == "none" ? DayTitles : [result.By, .. DayTitles];
        new ResultTable(
            titles,
            result.Groups.SelectMany(group =>
                group.Report.Days.Select(day =>
                {
                    object?[] cells =
                    [
                        FigureText.Day(day.Day),
                        day.Amount,
                        day.Low,
                        day.High,
                        day.Running,
                        day.RunningLow,
                        day.RunningHigh,
                    ];
                    return result.By == "none" ? cells : [group.Name, .. cells];
                })
            )
        ).Print(output, "csv");
    }

    private static IEnumerable<string> Notes(ForecastResult result, ForecastGroup? first)
    {
        if (result.By == "none" && first?.Report is { Accuracy: { } accuracy } report)
        {
            yield return $"From {report.Series.Length} days, {FigureText.Day(report.Series.Start)} to "
                + $"{FigureText.Day(report.Series.End.AddDays(-1))}. Method: {report.Method}.";
            yield return accuracy.Verdict;
            yield return $"Its error on them, up to {accuracy.Horizon} days ahead: "
                + $"{Error(accuracy, accuracy.TriedError)}; seasonal naive "
                + $"{Error(accuracy, accuracy.SeasonalNaiveError)}, last value "
                + $"{Error(accuracy, accuracy.LastValueError)}.";
        }

        foreach (var group in result.Groups)
            if (group.Report.NotForecastReason is { } problem)
                yield return result.By == "none" ? problem : $"{group.DisplayName}: {problem}";
        if (result.By != "none")
            yield return "Each error is the mean daily error on the last weeks, which were held out; naive is the "
                + "better of seasonal naive and last value.";
        if (first is not null)
            yield return $"Intervals are designed to cover {result.Level} % of cases.";
    }

    private static string Error(ForecastAccuracy accuracy, decimal error) =>
        $"{FigureText.Amount(error)} a "
        + "day"
        + (
            accuracy.RelativeToMean(error) is { } part
                ? string.Create(Invariant, $" ({part * 100:0.#} % of the mean)")
                : ""
        );

    private static string[] Cells(ForecastDay day) =>
        [
            FigureText.Day(day.Day),
            FigureText.Amount(day.Amount),
            FigureText.Amount(day.Low),
            FigureText.Amount(day.High),
            FigureText.Amount(day.Running),
            FigureText.Amount(day.RunningLow),
            FigureText.Amount(day.RunningHigh),
        ];

    private static string[] Line(ForecastGroup group)
    {
        var (last, accuracy) = (group.Last, group.Report.Accuracy);
        var error = accuracy is null ? (decimal?)null : accuracy.TriedError;
        var naive = accuracy is null ? (decimal?)null : Math.Min(accuracy.SeasonalNaiveError, accuracy.LastValueError);
        return
        [
            group.DisplayName,
            group.Report.Series.Length.ToString(Invariant),
            FigureText.Amount(last?.Running),
            FigureText.Amount(last?.RunningLow),
            FigureText.Amount(last?.RunningHigh),
            FigureText.Amount(error),
            FigureText.Amount(naive),
            group.Report.Method ?? "too little data",
        ];
    }

    private static string[] Line(BudgetForecastRow budget) =>
        [
            budget.Limit,
            budget.Target ?? "",
            FigureText.Amount(budget.Amount),
            FigureText.Amount(budget.Used),
            FigureText.Day(budget.WindowEnds),
            FigureText.Day(budget.Outlook?.Expected),
            FigureText.Day(budget.Outlook?.Earliest),
            FigureText.Day(budget.Outlook?.Latest),
        ];

    private static void Table(TextWriter output, bool isMarkdown, string[] titles, IEnumerable<string[]> rows)
    {
        if (isMarkdown)
            TextTable.WriteMarkdown(output, titles, rows);
        else
            TextTable.Write(output, titles, [.. rows]);
    }
}
