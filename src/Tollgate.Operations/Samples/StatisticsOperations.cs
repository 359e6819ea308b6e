using Tollgate.Analytics;
using Tollgate.Analytics.Statistics;
using Tollgate.Analytics.Statistics.Dependence;
using Tollgate.Analytics.Statistics.Fitting;

namespace Tollgate.Operations.Samples;

/// <summary>Fits distributions, and measures dependence and risk, of the columns of a sample.</summary>
public static class StatisticsOperations
{
    /// <summary>The default percentiles of a risk measurement.</summary>
    public static IReadOnlyList<decimal> DefaultPercentiles { get; } = [1, 5, 25, 50, 75, 90, 95, 99];

    private static readonly double[] TailLevels = [0.95, 0.99];

    /// <summary>Fits every family to each column.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="rounds">The bootstrap rounds for the p values of the best fit, from 19 to 100000; 0 for
    /// none.</param>
    /// <exception cref="InvalidDataException">A column cannot be fitted.</exception>
    /// <exception cref="OperationException">The number of rounds is not allowed.</exception>
    public static IReadOnlyList<FittedColumn> FitDistributions(Sample sample, int rounds)
    {
        if (rounds is not (0 or (>= 19 and <= 100_000)))
            throw FieldRules.CreateException(
                "rounds",
                $"rounds must be 0, or from 19 to 100000, not {rounds}: fewer rounds cannot resolve 5 %."
            );
        return [.. sample.Columns.Select(column => Fit(column, rounds))];
    }

    /// <summary>Measures the dependence of every pair of columns.</summary>
    /// <param name="sample">A sample of two or more columns.</param>
    /// <param name="level">The quantile at which the tails begin, above 0.5 and below 1.</param>
    /// <exception cref="InvalidDataException">A column has no variation, or too few values.</exception>
    /// <exception cref="OperationException">There are fewer than two columns.</exception>
    public static IReadOnlyList<DependentColumns> Correlate(Sample sample, double level)
    {
        var columns = sample.Columns;
        if (columns.Count < 2)
            throw FieldRules.CreateException("columns", $"Correlations need two or more columns, not {columns.Count}.");
        return
        [
            .. columns
                .Index()
                .SelectMany(first =>
                    columns.Skip(first.Index + 1).Select(second => Correlate(first.Item, second, level))
                ),
        ];
    }

    /// <summary>Computes moments, percentiles and tail risks of each column.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="percentiles">The percentiles, from 0 to 100.</param>
    /// <param name="resamples">The number of resamples for bootstrap intervals, at least 100.</param>
    /// <exception cref="InvalidDataException">A column has too few values.</exception>
    /// <exception cref="OperationException">A percentile is out of range.</exception>
    public static IReadOnlyList<ColumnRisk> MeasureRisk(
        Sample sample,
        IReadOnlyList<decimal> percentiles,
        int resamples
    )
    {
        foreach (var percentile in percentiles)
            FieldRules.RequireRange("percentiles", percentile, 0, 100);
        return [.. sample.Columns.Select(column => MeasureRisk(column, percentiles, resamples))];
    }

    private static FittedColumn Fit(SampleColumn column, int rounds)
    {
        try
        {
            var fits = DistributionFitter.FitAll(column.Values);
            // The bootstrap only runs for the best fit, because it refits each drawn sample.
            var p = rounds > 0 && fits[0].Fit is { } best ? GoodnessOfFit.FittedPValues(best, rounds) : null;
            return new FittedColumn(
                column.Name,
                [
                    .. fits.Select(
                        (found, place) =>
                            FittedFamily.Create(
                                found,
                                isBest: place == 0 && found.Fit is not null,
                                place == 0 ? p : null
                            )
                    ),
                ]
            );
        }
        catch (InvalidInputException refused)
        {
            throw ColumnErrorFormatter.CreateException(refused, ("values", column.Name));
        }
    }

    private static DependentColumns Correlate(SampleColumn x, SampleColumn y, double level)
    {
        try
        {
            var (first, second) = (x.Values, y.Values);
            return new DependentColumns
            {
                X = x.Name,
                Y = y.Name,
                Pearson = Measure(Correlation.Pearson(first, second), first.Length),
                Spearman = Measure(Correlation.Spearman(first, second), first.Length),
                KendallTauB = new CorrelationMeasure(
                    Correlation.Kendall(first, second),
                    first.Length < 3 ? null : Correlation.KendallPValue(first, second)
                ),
                Tails = TailDependence.FromSample(first, second, level),
                Copulas = [.. CopulaFit.FitAll(first, second).Select(FittedCopula.Create)],
            };
        }
        catch (InvalidInputException refused)
        {
            throw ColumnErrorFormatter.CreateException(refused, ("x", x.Name), ("y", y.Name));
        }
    }

    private static CorrelationMeasure Measure(double coefficient, int pairs) =>
        new(coefficient, pairs < 3 ? null : Correlation.PValue(coefficient, pairs));

    private static ColumnRisk MeasureRisk(SampleColumn column, IReadOnlyList<decimal> percentiles, int resamples)
    {
        try
        {
            return new ColumnRisk(column.Name, [.. Measures(column.Values, percentiles, resamples)]);
        }
        catch (InvalidInputException refused)
        {
            throw ColumnErrorFormatter.CreateException(refused, ("values", column.Name));
        }
    }

    private static IEnumerable<RiskMeasure> Measures(double[] values, IReadOnlyList<decimal> percentiles, int resamples)
    {
        var mean = Bootstrap.ForMean(values, resamples);
        var sorted = values.Order().ToArray();
        var moments = Moments.FromSample(values);
        yield return new("count", values.Length);
        yield return new("mean", moments.Mean, mean);
        yield return new("std", moments.StandardDeviation);
        yield return new("cv", moments.Mean == 0 ? null : moments.StandardDeviation / moments.Mean);
        yield return new("skewness", moments.Skewness);
        yield return new("kurtosis", moments.Kurtosis);
        foreach (var percentile in percentiles)
            yield return new(
                FormattableString.Invariant($"p{percentile}"),
                RiskMeasures.Percentile(sorted, (double)percentile),
                percentile is 50 or 95 ? Bootstrap.ForPercentile(values, (double)percentile, resamples) : null
            );
        foreach (var level in TailLevels)
        {
            yield return new(
                FormattableString.Invariant($"var_{level * 100}"),
                RiskMeasures.ValueAtRisk(sorted, level)
            );
            yield return new(
                FormattableString.Invariant($"cvar_{level * 100}"),
                RiskMeasures.ConditionalValueAtRisk(sorted, level)
            );
        }

        var median = RiskMeasures.Percentile(sorted, 50);
        yield return new("tail_ratio", median == 0 ? null : RiskMeasures.Percentile(sorted, 99) / median);
    }
}
