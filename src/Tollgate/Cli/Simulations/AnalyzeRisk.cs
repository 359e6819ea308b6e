using System.CommandLine;
using Tollgate.Analytics;
using Tollgate.Analytics.Statistics;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;

namespace Tollgate.Cli.Simulations;

/// <summary><c>tollgate analyze risk</c>: moments, percentiles and tail risks of each column.</summary>
internal sealed class AnalyzeRisk
{
    private static readonly double[] Levels = [0.95, 0.99];
    private readonly SampleOptions _sample = new();
    private readonly Option<string> _format = ReportFormat.Option();
    private readonly Option<int> _resamples = new("--resamples")
    {
        Description = "The number of resamples for bootstrap intervals, at least 100.",
        HelpName = "COUNT",
        DefaultValueFactory = static _ => 1000,
    };
    private readonly Option<decimal[]> _percentiles = new("--percentiles")
    {
        Description = "The percentiles, from 0 to 100.",
        HelpName = "P …",
        AllowMultipleArgumentsPerToken = true,
    };

    public Command Create()
    {
        var command = new Command(
            "risk",
            "Compute moments, percentiles, value at risk and conditional value at risk, with bootstrap intervals."
        );
        _sample.AddTo(command);
        foreach (var option in (Option[])[_percentiles, _resamples, _format])
            command.Add(option);
        _percentiles.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens)
                if (!decimal.TryParse(token.Value, out var percentile) || percentile is < 0 or > 100)
                    result.AddError($"--percentiles must be numbers from 0 to 100, not '{token.Value}'.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var columns = await _sample.ReadAsync(parsed, cancellationToken);
        var percentiles = parsed.GetValue(_percentiles) is { Length: > 0 } asked
            ? asked
            : [1, 5, 25, 50, 75, 90, 95, 99];
        var rows = columns
            .SelectMany(column => CreateRows(column.Name, column.Values, percentiles, parsed.GetValue(_resamples)))
            .ToList();
        new ResultTable(["column", "measure", "value", "low", "high"], rows).Print(
            parsed.InvocationConfiguration.Output,
            parsed.GetValue(_format)!,
            "Risk"
        );
        return ExitCodes.Success;
    }

    private static IEnumerable<object?[]> CreateRows(
        string column,
        double[] values,
        decimal[] percentiles,
        int resamples
    )
    {
        try
        {
            return
            [
                .. Measures(values, percentiles, resamples)
                    .Select(row =>
                        (object?[])
                            [
                                column,
                                row.Name,
                                ReportRows.Value(row.Value),
                                ReportRows.Value(row.Interval?.Low),
                                ReportRows.Value(row.Interval?.High),
                            ]
                    ),
            ];
        }
        catch (InvalidInputException refused)
        {
            throw ColumnErrorFormatter.CreateException(refused, ("values", column));
        }
    }

    private static IEnumerable<(string Name, double? Value, Interval? Interval)> Measures(
        double[] values,
        decimal[] percentiles,
        int resamples
    )
    {
        var mean = Bootstrap.OfMean(values, resamples);
        var sorted = values.Order().ToArray();
        var moments = Moments.FromSample(values);
        yield return ("count", values.Length, null);
        yield return ("mean", moments.Mean, mean);
        yield return ("std", moments.StandardDeviation, null);
        yield return ("cv", moments.Mean == 0 ? null : moments.StandardDeviation / moments.Mean, null);
        yield return ("skewness", moments.Skewness, null);
        yield return ("kurtosis", moments.Kurtosis, null);
        foreach (var percentile in percentiles)
            yield return (
                FormattableString.Invariant($"p{percentile}"),
                RiskMeasures.Percentile(sorted, (double)percentile),
                percentile is 50 or 95 ? Bootstrap.OfPercentile(values, (double)percentile, resamples) : null
            );
        foreach (var level in Levels)
        {
            yield return (
                FormattableString.Invariant($"var_{level * 100}"),
                RiskMeasures.ValueAtRisk(sorted, level),
                null
            );
            yield return (
                FormattableString.Invariant($"cvar_{level * 100}"),
                RiskMeasures.ConditionalValueAtRisk(sorted, level),
                null
            );
        }

        yield return (
            "tail_ratio",
            RiskMeasures.Percentile(sorted, 50) is var median && median == 0
                ? null
                : RiskMeasures.Percentile(sorted, 99) / median,
            null
        );
    }
}
