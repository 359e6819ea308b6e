using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Json;
using Tollgate.Operations.Samples;

namespace Tollgate.Cli.Simulations;

/// <summary><c>tollgate analyze correlations</c>: measures the dependence of every pair of columns.</summary>
internal sealed class AnalyzeCorrelations(TimeProvider time)
{
    private readonly SampleOptions _sample = new();
    private readonly Option<string> _format = ReportFormat.Option();
    private readonly Option<decimal?> _level = CommonOptions.Number(
        "--level",
        "The quantile at which the tails begin, above 0.5 and below 1; default: 0.95.",
        "SHARE"
    );

    public Command Create()
    {
        var command = new Command(
            "correlations",
            "Compute Pearson, Spearman and Kendall correlations, tail dependence and copulas of every pair of columns."
        );
        _sample.AddTo(command);
        command.Add(_level);
        command.Add(_format);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var sample = await _sample.ReadAsync(parsed, time, cancellationToken);
        var pairs = StatisticsOperations.Correlate(sample, (double)(parsed.GetValue(_level) ?? 0.95m));
        var (output, format) = (parsed.InvocationConfiguration.Output, parsed.GetRequiredValue(_format));
        if (format == "json")
            JsonOutput.Write(output, pairs, OperationsJson.Indented.IReadOnlyListDependentColumns);
        else
            new ResultTable(["x", "y", "measure", "value", "p_value", "aic", "best"], pairs.SelectMany(Rows)).Print(
                output,
                format,
                "Dependence"
            );
        return ExitCodes.Success;
    }

    private static IEnumerable<object?[]> Rows(DependentColumns pair)
    {
        yield return Row("pearson", pair.Pearson);
        yield return Row("spearman", pair.Spearman);
        yield return Row("kendall_tau_b", pair.KendallTauB);
        var tails = pair.Tails;
        yield return Tail(
            FormattableString.Invariant($"lower_tail_dependence_{1 - (decimal)tails.Level}"),
            tails.Lower
        );
        yield return Tail(FormattableString.Invariant($"upper_tail_dependence_{tails.Level}"), tails.Upper);
        foreach (var (place, copula) in pair.Copulas.Index())
            yield return
            [
                pair.X,
                pair.Y,
                $"copula_{copula.Family}_{copula.Parameter}",
                ReportRows.Share(copula.Value),
                null,
                ReportRows.Usd(copula.Aic),
                place == 0,
            ];

        object?[] Row(string name, CorrelationMeasure measure) =>
            [pair.X, pair.Y, name, ReportRows.Share(measure.Value), ReportRows.PValue(measure.PValue), null, null];

        object?[] Tail(string name, double value) => [pair.X, pair.Y, name, ReportRows.Share(value), null, null, null];
    }
}
