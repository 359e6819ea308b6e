using Tollgate.Analytics;
using Tollgate.Analytics.Statistics.Dependence;

namespace Tollgate.Operations.Samples.Analyses;

/// <summary>
/// The dependence of two columns. A measure is null if it is undefined for the values, such as a correlation with a
/// column whose values are all the same.
/// </summary>
public sealed record CorrelationAnalysis
{
    private const int MinPairsForCopulas = 10;

    /// <summary>The first column.</summary>
    public required string X { get; init; }

    /// <summary>The second column.</summary>
    public required string Y { get; init; }

    /// <summary>Pearson's correlation.</summary>
    public required double? Pearson { get; init; }

    /// <summary>Spearman's rank correlation.</summary>
    public required double? Spearman { get; init; }

    /// <summary>Kendall's tau-b.</summary>
    public required double? Kendall { get; init; }

    /// <summary>The dependence of the tails.</summary>
    public required TailCorrelation? TailCorrelation { get; init; }

    /// <summary>The copulas, best by Akaike's criterion first; empty for fewer than ten pairs.</summary>
    public required IReadOnlyList<FittedCopula> Copulas { get; init; }

    internal static CorrelationAnalysis Create(SampleColumn x, SampleColumn y)
    {
        var (first, second) = (x.Values, y.Values);
        return new CorrelationAnalysis
        {
            X = x.Name,
            Y = y.Name,
            Pearson = Try(() => (double?)Correlation.Pearson(first, second)),
            Spearman = Try(() => (double?)Correlation.Spearman(first, second)),
            Kendall = Try(() => (double?)Correlation.Kendall(first, second)),
            TailCorrelation = Try(() => Measure(first, second)),
            Copulas =
                first.Length < MinPairsForCopulas
                    ? []
                    : Try(() => CopulaFit.FitAll(first, second).Select(FittedCopula.Create).ToList()) ?? [],
        };
    }

    private static TailCorrelation Measure(double[] x, double[] y)
    {
        // A small sample has no value beyond its quantile 0.95.
        var level = x.Length switch
        {
            >= 20 => 0.95,
            >= 4 => 0.75,
            _ => 0.51,
        };
        var tails = TailDependence.FromSample(x, y, level);
        return new TailCorrelation(tails.Level, tails.Lower, tails.Upper);
    }

    private static T? Try<T>(Func<T> measure)
    {
        try
        {
            return measure();
        }
        catch (InvalidInputException)
        {
            return default;
        }
    }
}

/// <summary>The dependence of the tails of two columns.</summary>
/// <param name="Level">The quantile at which the tails begin: 0.95, or lower for fewer than 20 values.</param>
/// <param name="Lower">That of low values, from 0 to 1.</param>
/// <param name="Upper">That of high values, from 0 to 1.</param>
public sealed record TailCorrelation(double Level, double Lower, double Upper);
