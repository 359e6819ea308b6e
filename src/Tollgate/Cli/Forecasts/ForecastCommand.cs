using System.CommandLine;
using Tollgate.Accounting.Usage;
using Tollgate.Analytics.Forecasting;
using Tollgate.Charts;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Forecasts;
using Tollgate.Operations.Json;

namespace Tollgate.Cli.Forecasts;

/// <summary>
/// <c>tollgate forecast</c>: forecasts the cost of the next days with intervals, and when budgets run out.
/// </summary>
internal sealed class ForecastCommand
{
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
        $"The first day of the history; default: {ForecastRequest.DefaultHistoryDays} days ago."
    );
    private readonly Option<string?> _to = DayOptions.Day(
        "--to",
        "The last day of the history; default: yesterday, the last complete day. If omitted, budgets are forecast too."
    );
    private readonly Option<int> _level = CommonOptions.WholeNumber(
        "--level",
        "The coverage of the intervals, in percent.",
        80,
        ForecastRequest.MinLevel,
        ForecastRequest.MaxLevel
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
        var result = parsed.GetValue(_csv) is { } file
            ? await ForecastFileAsync(parsed, file, cancellationToken)
            : await ForecastLedgerAsync(parsed, cancellationToken);
        Print(parsed.InvocationConfiguration.Output, result, _options.Format(parsed));
        if (parsed.GetValue(_plot) is { } plot)
            await File.WriteAllTextAsync(
                plot,
                ForecastChart.Draw(
                    result.Quantity,
                    [.. result.Groups.Select(static group => (group.Name, group.Report))]
                ),
                CancellationToken.None
            );
        // A lack of data is a valid result for one group of many, but an error if it is the only one.
        if (result.Groups.Any(static group => group.Problem is null))
            return ExitCodes.Success;
        return await parsed.FailAsync(
            $"There is no forecast. "
                + (result.Groups.FirstOrDefault()?.Problem ?? "The ledger has no usage in these days.")
        );
    }

    private static void Print(TextWriter output, ForecastResult result, string format)
    {
        switch (format)
        {
            case "json":
                JsonOutput.Write(output, result, OperationsJson.Indented.ForecastResult);
                break;
            case "csv":
                ForecastFormatter.WriteCsv(output, result);
                break;
            default:
                ForecastFormatter.Write(output, result, isMarkdown: format == "markdown");
                break;
        }
    }

    /// <summary>Reading cannot be canceled, least of all from an idle pipe; waiting for it can.</summary>
    private Task<ForecastResult> ForecastFileAsync(ParseResult parsed, string file, CancellationToken cancellationToken)
    {
        var column = parsed.GetValue(_column);
        return Task.Run(
                () =>
                    ForecastOperations.Forecast(
                        new SeriesForecastRequest(
                            $"{column ?? "amount"} a day in {Path.GetFileName(file)}",
                            DayFile.Read(file, column)
                        )
                        {
                            Days = parsed.GetValue(_days),
                            Level = parsed.GetValue(_level),
                            From = DayOptions.Parse(parsed.GetValue(_from)),
                            To = DayOptions.Parse(parsed.GetValue(_to)),
                        }
                    ),
                CancellationToken.None
            )
            .WaitAsync(cancellationToken);
    }

    private async Task<ForecastResult> ForecastLedgerAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var workspace = parsed.OpenWorkspace(_options.Data, _time);
        var by = parsed.GetRequiredValue(_by);
        return await new ForecastOperations(workspace).ForecastAsync(
            new ForecastRequest
            {
                Days = parsed.GetValue(_days),
                Level = parsed.GetValue(_level),
                By = by == "none" ? null : Dimensions.Parse(by),
                From = DayOptions.Parse(parsed.GetValue(_from)),
                To = DayOptions.Parse(parsed.GetValue(_to)),
                Zone = _options.Zone(parsed),
            },
            cancellationToken
        );
    }
}
