namespace Tollgate.Client.Simulations;

/// <summary>The distributions and the dependence of columns.</summary>
public sealed record AnalysisResult
{
    /// <summary>The id.</summary>
    public Guid AnalysisId { get; init; }

    /// <summary>The distribution of each column.</summary>
    public IReadOnlyDictionary<string, ColumnDistribution> Distributions { get; init; } =
        new Dictionary<string, ColumnDistribution>();

    /// <summary>The dependence of the first two columns; null if there is only one.</summary>
    public ColumnCorrelations? Correlations { get; init; }
}

/// <summary>The distribution of a column.</summary>
public sealed record ColumnDistribution
{
    /// <summary>The family that fits best; null if none could be fitted.</summary>
    public string? BestFit { get; init; }

    /// <summary>Its parameters by name.</summary>
    public IReadOnlyDictionary<string, double>? Parameters { get; init; }

    /// <summary>How well it fits.</summary>
    public FitValidation? Validation { get; init; }

    /// <summary>Moments, percentiles, and tail risks; null if one is undefined.</summary>
    public IReadOnlyDictionary<string, double?> Statistics { get; init; } = new Dictionary<string, double?>();
}

/// <summary>How well a fitted distribution describes the values.</summary>
/// <param name="KsStatistic">The distance of Kolmogorov and Smirnov.</param>
/// <param name="KsPvalue">Its p value; null if none was computed.</param>
/// <param name="IsValid">True if the values may come from it, at 5 %; null without p values.</param>
public sealed record FitValidation(double? KsStatistic, double? KsPvalue, bool? IsValid);

/// <summary>The dependence of two columns; null if a measure is undefined.</summary>
/// <param name="Pearson">Pearson's correlation.</param>
/// <param name="Spearman">Spearman's rank correlation.</param>
/// <param name="Kendall">Kendall's tau-b.</param>
/// <param name="TailCorrelation">The dependence of the tails.</param>
public sealed record ColumnCorrelations(
    double? Pearson,
    double? Spearman,
    double? Kendall,
    TailCorrelation? TailCorrelation
);

/// <summary>The dependence of the tails of two columns.</summary>
/// <param name="Level">The quantile at which the tails begin.</param>
/// <param name="Lower">That of low values, from 0 to 1.</param>
/// <param name="Upper">That of high values, from 0 to 1.</param>
public sealed record TailCorrelation(double Level, double Lower, double Upper);
