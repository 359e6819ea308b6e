using System.CommandLine;
using Tollgate.Analytics;
using Tollgate.Analytics.Statistics.Dependence;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;

namespace Tollgate.Cli.Simulations;

/// <summary><c>tollgate analyze correlations</c>: measures the dependence of every pair of columns.</summary>
internal sealed class AnalyzeCorrelations
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
        var columns = await _sample.ReadAsync(parsed, cancellationToken);
        if (columns.Count < 2)
            throw new UsageException("Correlations need two or more columns: name them with --columns.");
        var level = (double)(parsed.GetValue(_level) ?? 0.95m);
        var rows = columns
            .Index()
            .SelectMany(first => columns.Skip(first.Index + 1).SelectMany(second => Pair(first.Item, second, level)))
            .ToList();
        new ResultTable(["x", "y", "measure", "value", "p_value", "aic", "best"], rows).Print(
            parsed.InvocationConfiguration.Output,
            parsed.GetValue(_format)!,
            "Dependence"
        );
        return ExitCodes.Success;
    }

    private static IEnumerable<object?[]> Pair(
        (string Name, double[] Values) x,
        (string Name, double[] Values) y,
        double level
    )
    {
        try
        {
            return [.. Measures(x.Values, y.Values, level).Select(row => (object?[])[x.Name, y.Name, .. row])];
        }
        catch (InvalidInputException refused)
        {
            throw ColumnErrorFormatter.CreateException(refused, ("x", x.Name), ("y", y.Name));
        }
    }

    private static IEnumerable<object?[]> Measures(double[] x, double[] y, double level)
    {
        var (pearson, spearman) = (Correlation.Pearson(x, y), Correlation.Spearman(x, y));
        yield return ["pearson", ReportRows.Share(pearson), P(pearson, x.Length), null, null];
        yield return ["spearman", ReportRows.Share(spearman), P(spearman, x.Length), null, null];
        yield return ["kendall_tau_b", ReportRows.Share(Correlation.Kendall(x, y)), null, null, null];
        var tails = TailDependence.FromSample(x, y, level);
        yield return
        [
            FormattableString.Invariant($"lower_tail_dependence_{1 - (decimal)level}"),
            ReportRows.Share(tails.Lower),
            null,
            null,
            null,
        ];
        yield return
        [
            FormattableString.Invariant($"upper_tail_dependence_{level}"),
            ReportRows.Share(tails.Upper),
            null,
            null,
            null,
        ];
        foreach (var (place, fit) in CopulaFit.FitAll(x, y).Index())
            yield return
            [
                $"copula_{fit.Copula.Family}_{Parameter(fit.Copula).Name}",
                ReportRows.Share(Parameter(fit.Copula).Value),
                null,
                ReportRows.Usd(fit.Aic),
                place == 0,
            ];
    }

    private static decimal? P(double coefficient, int pairs) =>
        pairs < 3 ? null : ReportRows.Share(Correlation.PValue(coefficient, pairs));

    private static (string Name, double Value) Parameter(Copula copula) =>
        copula switch
        {
            GaussianCopula gaussian => ("correlation", gaussian.Correlation),
            ClaytonCopula clayton => ("theta", clayton.Theta),
            GumbelCopula gumbel => ("theta", gumbel.Theta),
            _ => ("tau", copula.KendallTau),
        };
}
