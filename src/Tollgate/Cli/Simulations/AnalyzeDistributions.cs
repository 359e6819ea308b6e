using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Json;
using Tollgate.Operations.Samples;

namespace Tollgate.Cli.Simulations;

/// <summary>
/// <c>tollgate analyze distributions</c>: fits every family, best by the Akaike information criterion first.
/// </summary>
internal sealed class AnalyzeDistributions(TimeProvider time)
{
    private static readonly string[] Titles =
    [
        "column",
        "family",
        "best",
        "parameters",
        "count",
        "log_likelihood",
        "aic",
        "bic",
        "ks",
        "ks_p_fitted",
        "anderson_darling",
        "ad_p_fitted",
        "not_fitted",
    ];

    private static readonly string[] Brief =
    [
        "column",
        "family",
        "best",
        "parameters",
        "aic",
        "bic",
        "ks",
        "ks_p_fitted",
        "anderson_darling",
    ];

    private readonly SampleOptions _sample = new();
    private readonly Option<string> _format = ReportFormat.Option();
    private readonly Option<int> _rounds = new("--p-values")
    {
        Description = "The number of bootstrap rounds for p values of the best fit, at least 19; 0 for no p values.",
        HelpName = "ROUNDS",
        DefaultValueFactory = static _ => 199,
    };

    public Command Create()
    {
        var command = new Command(
            "distributions",
            "Fit distributions by maximum likelihood, with AIC, BIC, Kolmogorov-Smirnov and Anderson-Darling."
        );
        _sample.AddTo(command);
        command.Add(_rounds);
        command.Add(_format);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var sample = await _sample.ReadAsync(parsed, time, cancellationToken);
        var columns = StatisticsOperations.FitDistributions(sample, parsed.GetValue(_rounds));
        var (output, format) = (parsed.InvocationConfiguration.Output, parsed.GetRequiredValue(_format));
        if (format == "json")
            JsonOutput.Write(output, columns, OperationsJson.Indented.IReadOnlyListFittedColumn);
        else
            new ResultTable(Titles, columns.SelectMany(Rows)) { Brief = Brief }.Print(
                output,
                format,
                "Fitted distributions"
            );
        return ExitCodes.Success;
    }

    private static IEnumerable<object?[]> Rows(FittedColumn column) =>
        column.Fits.Select(fit =>
            (object?[])
                [
                    column.Column,
                    fit.Family,
                    fit.IsBest,
                    fit.Parameters is { } parameters ? FormatParameters(parameters) : null,
                    fit.Count,
                    ReportRows.Value(fit.LogLikelihood),
                    ReportRows.Usd(fit.Aic),
                    ReportRows.Usd(fit.Bic),
                    ReportRows.Share(fit.KolmogorovSmirnov),
                    ReportRows.PValue(fit.PValues?.KolmogorovSmirnov),
                    ReportRows.Share(fit.AndersonDarling),
                    ReportRows.PValue(fit.PValues?.AndersonDarling),
                    fit.NotFittedReason,
                ]
        );

    /// <summary>A family's parameters in the syntax of a scenario.</summary>
    private static string FormatParameters(IReadOnlyDictionary<string, double> parameters) =>
        string.Join(
            ", ",
            parameters.Select(static pair => FormattableString.Invariant($"{pair.Key}: {pair.Value:G8}"))
        );
}
