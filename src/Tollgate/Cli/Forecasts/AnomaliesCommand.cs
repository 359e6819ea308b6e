using System.CommandLine;
using System.Globalization;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Analytics.Anomalies;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;

namespace Tollgate.Cli.Forecasts;

/// <summary><c>tollgate anomalies</c>: days, and days of keys or models, with unusual cost.</summary>
internal sealed class AnomaliesCommand
{
    private static readonly string[] Titles = ["day", "of", "amount", "expected", "score", "explanation"];

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
        366
    );
    private readonly Option<decimal> _threshold = new("--threshold")
    {
        Description = "The minimum score, in robust deviations from the usual value.",
        DefaultValueFactory = static _ => 4,
        HelpName = "SCORE",
    };
    private readonly Option<decimal> _minDifference = new("--least")
    {
        Description =
            "The minimum difference in US dollars; for a group also at least 1 % of a usual day of all calls.",
        DefaultValueFactory = static _ => 0.01m,
        HelpName = "USD",
    };
    private readonly DayOptions _options = new();

    private AnomaliesCommand(TimeProvider time)
    {
        _time = time;
        _by.AcceptOnlyFromAmong([
            .. UsageDimensions.RolledUp.Select(static dimension => dimension.ToString().ToLowerInvariant()),
        ]);
        _threshold.Validators.Add(static result =>
        {
            if (IsOutOfRange(result.Tokens, 1, 1000))
                result.AddError($"--threshold '{result.Tokens[0].Value}' is not a number from 1 to 1000.");
        });
        _minDifference.Validators.Add(static result =>
        {
            if (IsOutOfRange(result.Tokens, 0.000001m, 1_000_000_000))
                result.AddError($"--least '{result.Tokens[0].Value}' is not an amount of at least 0.000001.");
        });
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
        var ledger = new DailyUsage(
            UsageLedger.OpenReadOnly(parsed.ResolveLedger(_options.Data)),
            _options.Zone(parsed)
        );
        var end = ledger.ToDay(_time.GetUtcNow()).AddDays(1);
        var period = ledger.Between(end.AddDays(-parsed.GetValue(_days)), end);
        var by = parsed.GetValue(_by)!;
        var search = new AnomalyFinder(end, parsed.GetValue(_threshold), parsed.GetValue(_minDifference));
        search.AddTotal(await ledger.ReadAsync(period, by: null, [], cancellationToken));
        search.AddGroups(by, await ledger.ReadAsync(period, Dimensions.Parse(by), [], cancellationToken));
        Print(parsed, search);
        if (search.SkippedGroups.Count > 0)
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                $"Skipped (fewer than {AnomalyDetector.MinDays} days of data): "
                    + $"{string.Join(", ", search.SkippedGroups.Take(10))}{(search.SkippedGroups.Count > 10 ? $" and {search.SkippedGroups.Count - 10} more" : "")}."
            );
        return ExitCodes.Success;
    }

    private void Print(ParseResult parsed, AnomalyFinder search)
    {
        var (output, format) = (parsed.InvocationConfiguration.Output, _options.Format(parsed));
        var found = search.Found;
        if (format is "json" or "csv")
        {
            new ResultTable(
                Titles,
                found.Select(static one =>
                    (object?[])
                        [
                            ForecastFormatter.Day(one.Anomaly.Day),
                            one.Group,
                            one.Anomaly.Amount,
                            one.Anomaly.Expected,
                            one.Anomaly.Score,
                            one.Explanation,
                        ]
                )
            ).Print(output, format);
            return;
        }

        string[][] rows =
        [
            .. found.Select(static one =>
                (string[])
                    [
                        ForecastFormatter.Day(one.Anomaly.Day),
                        one.Group,
                        ForecastFormatter.Amount(one.Anomaly.Amount),
                        ForecastFormatter.Amount(one.Anomaly.Expected),
                        one.Anomaly.Score.ToString("0.0", CultureInfo.InvariantCulture),
                    ]
            ),
        ];
        if (rows.Length == 0)
            output.WriteLine("No unusual days.");
        else if (format == "markdown")
            TextTable.WriteMarkdown(output, Titles[..5], rows);
        else
            TextTable.Write(output, Titles[..5], rows);
        if (rows.Length > 0)
            output.WriteLine();
        foreach (var one in found)
            output.WriteLine((format == "markdown" ? "- " : "") + ResultTable.Printable(one.Explanation));
    }

    private static bool IsOutOfRange(
        IReadOnlyList<System.CommandLine.Parsing.Token> tokens,
        decimal least,
        decimal most
    ) =>
        tokens.Count > 0
        && !(
            decimal.TryParse(
                tokens[0].Value,
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
            && number >= least
            && number <= most
        );
}
