using System.CommandLine;
using System.Globalization;
using Tollgate.Accounting.Usage;
using Tollgate.Analytics.Anomalies;
using Tollgate.Cli.Forecasts;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Anomalies;
using Tollgate.Operations.Json;
using Tollgate.Operations.Text;

namespace Tollgate.Cli.Anomalies;

/// <summary><c>tollgate anomalies</c>: days, and days of keys or models, with unusual cost.</summary>
internal sealed class AnomaliesCommand
{
    private static readonly string[] Titles = ["day", "of", "amount", "expected", "score", "explanation"];
    private static readonly AnomalyRequest Defaults = new();

    private readonly TimeProvider _time;
    private readonly Option<string> _by = new("--by")
    {
        Description = "The groups to check in addition to all calls: key, model, provider, project or user.",
        DefaultValueFactory = static _ => "key",
    };
    private readonly Option<int> _days = CommonOptions.WholeNumber(
        "--days",
        "The number of days to compare, including the current one.",
        60,
        AnomalyDetector.MinDays,
        AnomalyRequest.MaxDays
    );
    private readonly Option<decimal?> _threshold = CommonOptions.Number(
        "--threshold",
        "The minimum score, in robust deviations from the usual value; default: 4.",
        "MIN_SCORE"
    );
    private readonly Option<decimal?> _minDifference = CommonOptions.Number(
        "--min-difference",
        "The minimum difference in US dollars, for a group also at least 1 % of a usual day of all calls; "
            + "default: 0.01.",
        "USD"
    );
    private readonly DayOptions _options = new();

    private AnomaliesCommand(TimeProvider time)
    {
        _time = time;
        _minDifference.Aliases.Add("--least");
        _by.AcceptOnlyFromAmong([
            .. UsageDimensions.RolledUp.Select(static dimension => dimension.ToString().ToLowerInvariant()),
        ]);
    }

    public static Command Create(TimeProvider time)
    {
        var anomalies = new AnomaliesCommand(time);
        var command = new Command(
            "anomalies",
            "Find days with unusual cost, for all calls and for each key, most unusual first."
        )
        {
            anomalies._by,
            anomalies._days,
            anomalies._threshold,
            anomalies._minDifference,
        };
        anomalies._options.AddTo(command);
        command.SetAction(anomalies.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var workspace = parsed.OpenWorkspace(_options.Data, _time);
        var result = await new AnomalyOperations(workspace).FindAsync(
            new AnomalyRequest
            {
                By = Dimensions.Parse(parsed.GetRequiredValue(_by)),
                Days = parsed.GetValue(_days),
                MinScore = parsed.GetValue(_threshold) ?? Defaults.MinScore,
                MinDifference = parsed.GetValue(_minDifference) ?? Defaults.MinDifference,
                Zone = _options.Zone(parsed),
            },
            cancellationToken
        );
        Print(parsed.InvocationConfiguration.Output, result, _options.Format(parsed));
        if (result.SkippedGroups.Count > 0)
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                $"Skipped (fewer than {AnomalyDetector.MinDays} days of data): "
                    + string.Join(", ", result.SkippedGroups.Take(10))
                    + (result.SkippedGroups.Count > 10 ? $" and {result.SkippedGroups.Count - 10} more." : ".")
            );
        return ExitCodes.Success;
    }

    private static void Print(TextWriter output, AnomalyResult result, string format)
    {
        switch (format)
        {
            case "json":
                JsonOutput.Write(output, result, OperationsJson.Indented.AnomalyResult);
                break;
            case "csv":
                new ResultTable(Titles, result.Days.Select(Row)).Print(output, format);
                break;
            default:
                PrintText(output, result.Days, isMarkdown: format == "markdown");
                break;
        }
    }

    private static void PrintText(TextWriter output, IReadOnlyList<AnomalousDay> days, bool isMarkdown)
    {
        string[][] rows = [.. days.Select(TextRow)];
        if (rows.Length == 0)
            output.WriteLine("No unusual days.");
        else if (isMarkdown)
            TextTable.WriteMarkdown(output, Titles[..5], rows);
        else
            TextTable.Write(output, Titles[..5], rows);
        if (rows.Length > 0)
            output.WriteLine();
        foreach (var day in days)
            output.WriteLine((isMarkdown ? "- " : "") + ResultTable.Printable(day.Explanation));
    }

    private static object?[] Row(AnomalousDay day) =>
        [FigureText.Day(day.Day), day.Group, day.Amount, day.Expected, day.Score, day.Explanation];

    private static string[] TextRow(AnomalousDay day) =>
        [
            FigureText.Day(day.Day),
            day.Group,
            FigureText.Amount(day.Amount),
            FigureText.Amount(day.Expected),
            day.Score.ToString("0.0", CultureInfo.InvariantCulture),
        ];
}
