using System.CommandLine;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Analytics.Forecasting;
using Tollgate.Charts;
using Tollgate.Cli.Parsing;

namespace Tollgate.Cli.Forecasts;

/// <summary>
/// <c>tollgate forecast</c>: what the next days will cost, how sure that is, and when budgets run out.
/// </summary>
internal sealed class ForecastCommand
{
    private const int UsualHistory = 180;

    private readonly TimeProvider _time;
    private readonly Option<int> _days = CommonOptions.WholeNumber(
        "--days",
        "How many days ahead.",
        30,
        1,
        DailyForecast.MostDays
    );
    private readonly Option<string> _by = new("--by")
    {
        Description = "One forecast for each: key, model, provider, project or user.",
        DefaultValueFactory = static _ => "none",
    };
    private readonly Option<string?> _from = DayOptions.Day(
        "--from",
        $"The first day to go by; else {UsualHistory} days ago."
    );
    private readonly Option<string?> _to = DayOptions.Day(
        "--to",
        "The last day to go by; else yesterday, the last whole one. Without it budgets are told too."
    );
    private readonly Option<int> _level = CommonOptions.WholeNumber(
        "--level",
        "The part of cases, in percent, that intervals are to hold.",
        80,
        50,
        95
    );
    private readonly Option<string?> _plot = new("--plot")
    {
        Description = "Draw the days so far and the days ahead.",
        HelpName = "FILE.svg",
    };
    private readonly Option<string?> _csv = new("--csv")
    {
        Description = "Go by a CSV file with a column 'date' instead of the ledger.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _column = new("--column")
    {
        Description = "The file's column of amounts; else 'amount'.",
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
            "Forecast daily cost with intervals, tell how good such forecasts were, and when budgets run out."
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
                result.AddError("--by is for the ledger; a file of --csv is one series.");
            if (!hasFile && result.GetResult(forecast._column) is not null)
                result.AddError("--column names a column of the file of --csv: give both.");
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
        // Nothing to forecast from is an answer for one group of many, not where it was all that was asked.
        if (answer.Groups.Any(static group => group.Report.Problem is null))
            return ExitCodes.Done;
        await parsed.InvocationConfiguration.Error.WriteLineAsync(
            $"tollgate: There is no forecast. "
                + $"{answer.Groups.FirstOrDefault()?.Report.Problem ?? "The ledger has no use in these days."}"
        );
        return ExitCodes.Failed;
    }

    /// <summary>Reading cannot be stopped, of a pipe that nobody writes to least of all; waiting for it can.</summary>
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
        // The current day is not over: it is the first one to be forecast.
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
