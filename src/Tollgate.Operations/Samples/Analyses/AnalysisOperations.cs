namespace Tollgate.Operations.Samples.Analyses;

/// <summary>Fits distributions to the columns of a sample, and measures their dependence.</summary>
public static class AnalysisOperations
{
    /// <summary>The number of values of a column up to which p values are computed by default.</summary>
    public const int MaxValuesForPValues = 5000;

    private const int DefaultRounds = 199;
    private const int Resamples = 1000;

    /// <summary>Analyzes a sample.</summary>
    /// <param name="id">The id of the result.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="rounds">The bootstrap rounds for p values; null for 199, or 0 for a large sample.</param>
    /// <param name="report">Receives the part that is done, and the current step.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <exception cref="InvalidDataException">A column cannot be analyzed; the message names it.</exception>
    public static AnalysisResult Analyze(
        string id,
        Sample sample,
        int? rounds,
        Action<double, string> report,
        CancellationToken cancellationToken
    )
    {
        var columns = sample.Columns;
        var values = columns[0].Values.Length;
        var used = rounds ?? (values <= MaxValuesForPValues ? DefaultRounds : 0);
        var steps = (columns.Count * 2) + 1;
        var distributions = new Dictionary<string, ColumnAnalysis>(StringComparer.Ordinal);
        foreach (var (place, column) in columns.Index())
        {
            Begin(place * 2, $"fitting distributions to {column.Name}");
            var fitted = StatisticsOperations.FitDistributions(new Sample([column], 0), used)[0];
            Begin((place * 2) + 1, $"measuring {column.Name}");
            distributions[column.Name] = Create(fitted, Measure(column));
        }

        Begin(steps - 1, "measuring the dependence");
        return new AnalysisResult
        {
            AnalysisId = id,
            Values = values,
            SkippedUnpriced = sample.SkippedUnpriced,
            Distributions = distributions,
            Correlations = columns.Count < 2 ? null : CorrelationAnalysis.Create(columns[0], columns[1]),
        };

        void Begin(int step, string phase)
        {
            cancellationToken.ThrowIfCancellationRequested();
            report((double)step / steps, phase);
        }
    }

    private static ColumnRisk Measure(SampleColumn column) =>
        StatisticsOperations.MeasureRisk(new Sample([column], 0), StatisticsOperations.DefaultPercentiles, Resamples)[
            0
        ];

    private static ColumnAnalysis Create(FittedColumn fitted, ColumnRisk risk)
    {
        var best = fitted.Fits.FirstOrDefault(static fit => fit.IsBest);
        return new ColumnAnalysis
        {
            BestFit = best?.Family,
            Parameters = best?.Parameters,
            Validation = new FitValidation(
                Finite(best?.KolmogorovSmirnov),
                best?.PValues?.KolmogorovSmirnov,
                Finite(best?.AndersonDarling),
                best?.PValues?.AndersonDarling,
                best?.PValues is { } p ? p.KolmogorovSmirnov >= 0.05 : null
            ),
            Statistics = risk.Measures.ToDictionary(
                static measure => measure.Name,
                static measure => Finite(measure.Value),
                StringComparer.Ordinal
            ),
            Fits =
            [
                .. fitted.Fits.Select(static fit => new FamilyAnalysis(
                    fit.Family,
                    fit.Parameters,
                    Finite(fit.Aic),
                    Finite(fit.Bic),
                    fit.NotFittedReason
                )),
            ],
        };
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
