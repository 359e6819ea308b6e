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
    private const int DefaultHistoryDays = 180;

    private readonly TimeProvider _time;
    private readonly Option<int> _days = CommonOptions.WholeNumber(
        "--days",
        "The number of days to forecast.",
        30,
        1,
        DailyForecast.MaxDays
    );
    private readonly Option<string> _by = new("--by")
    {
        Description = "Forecast each key, model, provider, project or user separately.",
        DefaultValueFactory = static _ => "none",
    };
    private readonly Option<string?> _from = DayOptions.Day(
        "--from",
        $"The first day of the history; default: {DefaultHistoryDays} days ago."
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

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var answer = parsed.GetValue(_csv) is { } file
            ? await ForecastFileAsync(parsed, file, cancellationToken)
            : await ForecastLedgerAsync(parsed, cancellationToken);
        var output = parsed.InvocationConfiguration.Output;
        switch (_options.Format(parsed))
        {
            case "json":
                ForecastJson.Write(output, answer);
                break;
            case "csv":
                ForecastFormatter.WriteCsv(output, answer);
                break;
            case "markdown":
                ForecastFormatter.Write(output, answer, isMarkdown: true);
                break;
            default:
                ForecastFormatter.Write(output, answer, isMarkdown: false);
                break;
        }

        if (parsed.GetValue(_plot) is { } plot)
            await File.WriteAllTextAsync(
                plot,
                ForecastChart.Draw(
                    answer.Quantity,
                    [.. answer.Groups.Select(static group => (group.Name, group.Report))]
                ),
                CancellationToken.None
            );
        // A lack of data is a valid result for one group of many, but an error if it is the only one.
        if (answer.Groups.Any(static group => group.Report.NotForecastReason is null))
            return ExitCodes.Success;
        await parsed.InvocationConfiguration.Error.WriteLineAsync(
            $"tollgate: There is no forecast. "
                + $"{answer.Groups.FirstOrDefault()?.Report.NotForecastReason ?? "The ledger has no usage in these days."}"
        );
        return ExitCodes.Failed;
    }

    /// <summary>Reading cannot be canceled, least of all from an idle pipe; waiting for it can.</summary>
    private Task<ForecastResult> ForecastFileAsync(
        ParseResult parsed,
        string file,
        CancellationToken cancellationToken
    ) => Task.Run(() => ForecastFile(parsed, file), CancellationToken.None).WaitAsync(cancellationToken);

    private ForecastResult ForecastFile(ParseResult parsed, string file)
    {
        var end = DayOptions.Parse(parsed.GetValue(_to))?.AddDays(1);
        var from = DayOptions.Parse(parsed.GetValue(_from));
        var days = DayFile.Read(file, parsed.GetValue(_column)).Where(one => from is not { } first || one.Day >= first);
        var report = DailyForecast.Make(
            DailySeries.FromDays(days, end),
            parsed.GetValue(_days),
            parsed.GetValue(_level)
        );
        return new ForecastResult
        {
            Quantity = $"{parsed.GetValue(_column) ?? "amount"} a day in {Path.GetFileName(file)}",
            By = "none",
            Level = parsed.GetValue(_level),
            Groups = [new ForecastGroup(null, report)],
        };
    }

    private async Task<ForecastResult> ForecastLedgerAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var ledger = new DailyUsage(
            UsageLedger.OpenReadOnly(parsed.ResolveLedger(_options.Data)),
            _options.Zone(parsed)
        );
        var today = ledger.ToDay(_time.GetUtcNow());
        var to = DayOptions.Parse(parsed.GetValue(_to));
        // The current day is not over, so it is the first day of the forecast.
        var end = to is { } last && last < today ? last.AddDays(1) : today;
        var from = DayOptions.Parse(parsed.GetValue(_from)) ?? end.AddDays(-DefaultHistoryDays);
        var (days, level, by) = (parsed.GetValue(_days), parsed.GetValue(_level), parsed.GetValue(_by)!);
        var groups = await ledger.ReadAsync(
            ledger.Between(from, end),
            by == "none" ? null : Dimensions.Parse(by),
            [],
            cancellationToken
        );
        var outlooks = new BudgetForecasts(ledger, new BudgetForecastOptions(today, from, days, level), _time);
        return new ForecastResult
        {
            Quantity = "daily cost in USD",
            By = by,
            Level = level,
            Groups =
            [
                .. groups
                    .Select(group => new ForecastGroup(
                        group.Name,
                        DailyForecast.Make(DailySeries.FromDays(group.Days, end), days, level)
                    ))
                    .OrderByDescending(static group => group.Last?.Running ?? -1)
                    .ThenBy(static group => group.Name, StringComparer.Ordinal),
            ],
            Budgets = to is null
                ? await outlooks.ReadAsync(parsed.ResolveLedger(_options.Data), cancellationToken)
                : [],
        };
    }
}
