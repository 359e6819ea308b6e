using System.CommandLine;
using Tollgate.Analytics;
using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Statistics.Fitting;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;

namespace Tollgate.Cli.Simulations;

/// <summary>
/// <c>tollgate analyze distributions</c>: fits every family, best by the Akaike information criterion first.
/// </summary>
internal sealed class AnalyzeDistributions
{
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
        _rounds.Validators.Add(static result =>
        {
            if (
                result.Tokens.Count > 0
                && (
                    !int.TryParse(result.Tokens[0].Value, out var rounds) || rounds is not (0 or (>= 19 and <= 100_000))
                )
            )
                result.AddError("--p-values must be 0, or from 19 to 100000: fewer rounds cannot resolve 5 %.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>A family's parameters in the syntax of a scenario.</summary>
    public static string Parameters(Distribution fitted) =>
        string.Join(
            ", ",
            DistributionFamilies
                .GetParameterNames(fitted.Family)
                .Select(name =>
                    FormattableString.Invariant(
                        $"{name}: {(double)fitted.GetType().GetProperties().First(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).GetValue(fitted)!:G8}"
                    )
                )
        );

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var columns = await _sample.ReadAsync(parsed, cancellationToken);
        var rows = columns
            .SelectMany(column => Rows(column.Name, Fits(column.Name, column.Values), parsed.GetValue(_rounds)))
            .ToList();
        new ResultTable(
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
            ],
            rows
        )
        {
            Brief = ["column", "family", "best", "parameters", "aic", "bic", "ks", "ks_p_fitted", "anderson_darling"],
        }.Print(parsed.InvocationConfiguration.Output, parsed.GetValue(_format)!, "Fitted distributions");
        return ExitCodes.Success;
    }

    private static IReadOnlyList<FamilyFit> Fits(string column, double[] values)
    {
        try
        {
            return DistributionFitter.FitAll(values);
        }
        catch (InvalidInputException refused)
        {
            throw ColumnErrorFormatter.CreateException(refused, ("values", column));
        }
    }

    private static IEnumerable<object?[]> Rows(string column, IReadOnlyList<FamilyFit> fits, int rounds)
    {
        // The bootstrap only runs for the best fit, because it refits each drawn sample.
        var p = rounds > 0 && fits[0].Fit is { } best ? GoodnessOfFit.FittedPValues(best, rounds) : null;
        foreach (var (place, found) in fits.Index())
            yield return
            [
                column,
                found.Family,
                place == 0 && found.Fit is not null,
                found.Fit is { } fit ? Parameters(fit.Distribution) : null,
                found.Fit?.Count,
                ReportRows.Value(found.Fit?.LogLikelihood),
                ReportRows.Usd(found.Fit?.Aic),
                ReportRows.Usd(found.Fit?.Bic),
                ReportRows.Share(found.Fit?.KolmogorovSmirnov),
                place == 0 ? ReportRows.Share(p?.KolmogorovSmirnov) : null,
                ReportRows.Share(found.Fit?.AndersonDarling),
                place == 0 ? ReportRows.Share(p?.AndersonDarling) : null,
                found.Reason,
            ];
    }
}
