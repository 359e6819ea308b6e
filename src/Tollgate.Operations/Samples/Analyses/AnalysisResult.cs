namespace Tollgate.Operations.Samples.Analyses;

/// <summary>The distributions and the dependence of the columns of a sample.</summary>
public sealed record AnalysisResult
{
    /// <summary>The id of the job that computed it.</summary>
    public required string AnalysisId { get; init; }

    /// <summary>The number of values of each column.</summary>
    public required int Values { get; init; }

    /// <summary>The number of calls that were left out because their cost is unknown.</summary>
    public long SkippedUnpriced { get; init; }

    /// <summary>The distribution of each column.</summary>
    public required IReadOnlyDictionary<string, ColumnAnalysis> Distributions { get; init; }

    /// <summary>The dependence of the first two columns; null if there is only one.</summary>
    public CorrelationAnalysis? Correlations { get; init; }
}

/// <summary>The distribution of a column.</summary>
public sealed record ColumnAnalysis
{
    /// <summary>The family that fits best by Akaike's criterion; null if none could be fitted.</summary>
    public string? BestFit { get; init; }

    /// <summary>Its parameters by name; null if none could be fitted.</summary>
    public IReadOnlyDictionary<string, double>? Parameters { get; init; }

    /// <summary>How well it fits.</summary>
    public required FitValidation Validation { get; init; }

    /// <summary>Moments, percentiles, and tail risks of the values; null if one is undefined.</summary>
    public required IReadOnlyDictionary<string, double?> Statistics { get; init; }

    /// <summary>All families, best first.</summary>
    public required IReadOnlyList<FamilyAnalysis> Fits { get; init; }
}

/// <summary>A family fitted to a column.</summary>
/// <param name="Family">Its name, such as <c>lognormal</c>.</param>
/// <param name="Parameters">The fitted parameters by name; null if it was not fitted.</param>
/// <param name="Aic">Akaike's criterion: lower is better; null if it was not fitted.</param>
/// <param name="Bic">The Bayesian criterion: lower is better; null if it was not fitted.</param>
/// <param name="NotFittedReason">Why it was not fitted; null if it was.</param>
public sealed record FamilyAnalysis(
    string Family,
    IReadOnlyDictionary<string, double>? Parameters,
    double? Aic,
    double? Bic,
    string? NotFittedReason
);

/// <summary>How well a fitted distribution describes the values.</summary>
/// <param name="KsStatistic">The distance of Kolmogorov and Smirnov.</param>
/// <param name="KsPvalue">Its p value, for fitted parameters; null if no bootstrap was requested.</param>
/// <param name="AdStatistic">The distance of Anderson and Darling.</param>
/// <param name="AdPvalue">Its p value, for fitted parameters; null if no bootstrap was requested.</param>
/// <param name="IsValid">True if the values may come from it, at 5 %; null without p values.</param>
public sealed record FitValidation(
    double? KsStatistic,
    double? KsPvalue,
    double? AdStatistic,
    double? AdPvalue,
    bool? IsValid
);
