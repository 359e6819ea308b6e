using System.CommandLine;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Analytics.Forecasting;
using Tollgate.Charts;
using Tollgate.Cli.Parsing;

namespace Tollgate.Cli.Forecasts;

/// <summary>
/// <c>tollgate forecast</c>: forecasts the cost of the next days with intervals, and when budgets run out.
/// </summary>
internal sealed class ForecastCommand
{
    private const int UsualHistory = 180;

    private readonly TimeProvider _time;
    private readonly Option<int> _days = CommonOptions.WholeNumber(
        "--days",
        "The number of days to forecast.",
        30,
        1,
        DailyForecast.MostDays
    );
    private readonly Option<string> _by = new("--by")
    {
        Description = "Forecast each key, model, provider, project or user separately.",
        DefaultValueFactory = static _ => "none",
    };
    private readonly Option<string?> _from = DayOptions.Day(
        "--from",
        $"The first day of the history; default: {UsualHistory} days ago."
    );
    private readonly Option<string?> _to = DayOptions.Day(
        "--to",
        "The last day of the history; default: yesterday, the last complete day. If omitted, budgets are forecast too."
    );
    private readonly Option<int> _level = CommonOptions.WholeNumber(
        "--level",
        "The coverage of the intervals, in percent.",
        80,
        50,
        95
    );
    private readonly Option<string?> _plot = new("--plot")
    {
        Description = "Draw a chart of the history and the forecast.",
        HelpName = "FILE.svg",
    };
    private readonly Option<string?> _csv = new("--csv")
    {
        Description = "Use a CSV file with a column 'date' instead of the ledger.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _column = new("--column")
    {
        Description = "The file's column of amounts; default: 'amount'.",
        HelpName = "NAME",
    };
    private readonly DayOptions _options = new();

    private ForecastCommand(TimeProvider time)
    {
        _time = time;
        _by.AcceptOnlyFromAmong([
            "none",
            .. UsageDimensions.RolledUp.Select(static dimension => dimension.ToString().ToLowerInvariant()),
        ]);
    }

    public static Command Create(TimeProvider time)
    {
        var forecast = new ForecastCommand(time);
        var command = new Command(
            "forecast",
            "Forecast daily cost with intervals, the accuracy of past forecasts, and when budgets run out."
        )
        {
            forecast._days,
            forecast._by,
            forecast._from,
            forecast._to,
            forecast._level,
            forecast._plot,
            forecast._csv,
            forecast._column,
        };
        forecast._options.AddTo(command);
        command.Validators.Add(result =>
        {
            var hasFile = result.GetResult(forecast._csv) is not null;
            if (hasFile && result.GetResult(forecast._by) is { Implicit: false })
                result.AddError("--by requires the ledger; a --csv file is a single series.");
            if (!hasFile && result.GetResult(forecast._column) is not null)
                result.AddError("--column requires --csv.");
        });
        command.SetAction(forecast.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var answer = parsed.GetValue(_csv) is { } file
            ? await OfFileAsync(parsed, file, cancellation)
            : await OfLedgerAsync(parsed, cancellation);
        var output = parsed.InvocationConfiguration.Output;
        switch (_options.Format(parsed))
        {
            case "json":
                ForecastJson.Write(output, answer);
                break;
            case "csv":
                ForecastText.WriteCsv(output, answer);
                break;
            case "markdown":
                ForecastText.Write(output, answer, isMarkdown: true);
                break;
            default:
                ForecastText.Write(output, answer, isMarkdown: false);
                break;
        }

        if (parsed.GetValue(_plot) is { } plot)
            await File.WriteAllTextAsync(
                plot,
                ForecastChart.Of(answer.What, [.. answer.Groups.Select(static group => (group.Name, group.Report))]),
                CancellationToken.None
            );
        // A lack of data is a valid result for one group of many, but an error if it is the only one.
        if (answer.Groups.Any(static group => group.Report.Problem is null))
            return ExitCodes.Done;
        await parsed.InvocationConfiguration.Error.WriteLineAsync(
            $"tollgate: There is no forecast. "
                + $"{answer.Groups.FirstOrDefault()?.Report.Problem ?? "The ledger has no usage in these days."}"
        );
        return ExitCodes.Failed;
    }

    /// <summary>Reading cannot be canceled, least of all from an idle pipe; waiting for it can.</summary>
    private Task<ForecastAnswer> OfFileAsync(ParseResult parsed, string file, CancellationToken cancellation) =>
        Task.Run(() => OfFile(parsed, file), CancellationToken.None).WaitAsync(cancellation);

    private ForecastAnswer OfFile(ParseResult parsed, string file)
    {
        var end = DayOptions.Parse(parsed.GetValue(_to))?.AddDays(1);
        var from = DayOptions.Parse(parsed.GetValue(_from));
        var days = DayFile.Read(file, parsed.GetValue(_column)).Where(one => from is not { } first || one.Day >= first);
        var report = DailyForecast.Make(DailySeries.Of(days, end), parsed.GetValue(_days), parsed.GetValue(_level));
        return new ForecastAnswer
        {
            What = $"{parsed.GetValue(_column) ?? "amount"} a day in {Path.GetFileName(file)}",
            By = "none",
            Level = parsed.GetValue(_level),
            Groups = [new ForecastGroup(null, report)],
        };
    }

    private async Task<ForecastAnswer> OfLedgerAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var ledger = new LedgerDays(UsageLedger.OpenReadOnly(parsed.Ledger(_options.Data)), _options.Zone(parsed));
        var today = ledger.DayOf(_time.GetUtcNow());
        var to = DayOptions.Parse(parsed.GetValue(_to));
        // The current day is not over, so it is the first day of the forecast.
        var end = to is { } last && last < today ? last.AddDays(1) : today;
        var from = DayOptions.Parse(parsed.GetValue(_from)) ?? end.AddDays(-UsualHistory);
        var (days, level, by) = (parsed.GetValue(_days), parsed.GetValue(_level), parsed.GetValue(_by)!);
        var groups = await ledger.ReadAsync(
            ledger.Between(from, end),
            by == "none" ? null : Dimensions.Parse(by),
            [],
            cancellation
        );
        var outlooks = new BudgetOutlooks(ledger, new BudgetQuestion(today, from, days, level), _time);
        return new ForecastAnswer
        {
            What = "daily cost in USD",
            By = by,
            Level = level,
            Groups =
            [
                .. groups
                    .Select(group => new ForecastGroup(
                        group.Name,
                        DailyForecast.Make(DailySeries.Of(group.Days, end), days, level)
                    ))
                    .OrderByDescending(static group => group.Last?.Running ?? -1)
                    .ThenBy(static group => group.Name, StringComparer.Ordinal),
            ],
            Budgets = to is null ? await outlooks.ReadAsync(parsed.Ledger(_options.Data), cancellation) : [],
        };
    }
}
