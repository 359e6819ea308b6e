using System.CommandLine;
using System.Globalization;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Json;
using Tollgate.Operations.Samples;

namespace Tollgate.Cli.Simulations;

/// <summary><c>tollgate analyze risk</c>: moments, percentiles and tail risks of each column.</summary>
internal sealed class AnalyzeRisk(TimeProvider time)
{
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
                if (!decimal.TryParse(token.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
                    result.AddError($"--percentiles must be numbers such as 99.9, not '{token.Value}'.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var sample = await _sample.ReadAsync(parsed, time, cancellationToken);
        var percentiles = parsed.GetValue(_percentiles) is { Length: > 0 } given
            ? given
            : StatisticsOperations.DefaultPercentiles;
        var risks = StatisticsOperations.MeasureRisk(sample, percentiles, parsed.GetValue(_resamples));
        var (output, format) = (parsed.InvocationConfiguration.Output, parsed.GetRequiredValue(_format));
        if (format == "json")
            JsonOutput.Write(output, risks, OperationsJson.Indented.IReadOnlyListColumnRisk);
        else
            new ResultTable(["column", "measure", "value", "low", "high"], risks.SelectMany(Rows)).Print(
                output,
                format,
                "Risk"
            );
        return ExitCodes.Success;
    }

    private static IEnumerable<object?[]> Rows(ColumnRisk risk) =>
        risk.Measures.Select(measure =>
            (object?[])
                [
                    risk.Column,
                    measure.Name,
                    ReportRows.Value(measure.Value),
                    ReportRows.Value(measure.Interval?.Low),
                    ReportRows.Value(measure.Interval?.High),
                ]
        );
}
