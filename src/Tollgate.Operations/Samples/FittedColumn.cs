using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Statistics.Fitting;

namespace Tollgate.Operations.Samples;

/// <summary>The distributions fitted to a column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Fits">The families, best by the Akaike information criterion first.</param>
public sealed record FittedColumn(string Column, IReadOnlyList<FittedFamily> Fits);

/// <summary>A family fitted to a column.</summary>
public sealed record FittedFamily
{
    /// <summary>The family's name, such as <c>lognormal</c>.</summary>
    public required string Family { get; init; }

    /// <summary>True for the best fit of the column.</summary>
    public bool IsBest { get; init; }

    /// <summary>The fitted parameters by name; null if it was not fitted.</summary>
    public IReadOnlyDictionary<string, double>? Parameters { get; init; }

    /// <summary>The number of values.</summary>
    public int? Count { get; init; }

    /// <inheritdoc cref="FitResult.LogLikelihood"/>
    public double? LogLikelihood { get; init; }

    /// <inheritdoc cref="FitResult.Aic"/>
    public double? Aic { get; init; }

    /// <inheritdoc cref="FitResult.Bic"/>
    public double? Bic { get; init; }

    /// <inheritdoc cref="FitResult.KolmogorovSmirnov"/>
    public double? KolmogorovSmirnov { get; init; }

    /// <inheritdoc cref="FitResult.AndersonDarling"/>
    public double? AndersonDarling { get; init; }

    /// <summary>The p values of the best fit; null for others, or if none were requested.</summary>
    public FittedPValues? PValues { get; init; }

    /// <summary>Why it was not fitted; null if it was.</summary>
    public string? NotFittedReason { get; init; }

    internal static FittedFamily Create(FamilyFit found, bool isBest, FittedPValues? pValues) =>
        new()
        {
            Family = found.Family,
            IsBest = isBest,
            Parameters = found.Fit is { } fit ? DistributionFamilies.GetParameters(fit.Distribution) : null,
            Count = found.Fit?.Count,
            LogLikelihood = found.Fit?.LogLikelihood,
            Aic = found.Fit?.Aic,
            Bic = found.Fit?.Bic,
            KolmogorovSmirnov = found.Fit?.KolmogorovSmirnov,
            AndersonDarling = found.Fit?.AndersonDarling,
            PValues = pValues,
            NotFittedReason = found.Reason,
        };
}
