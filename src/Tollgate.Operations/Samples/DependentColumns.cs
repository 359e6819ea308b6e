using Tollgate.Analytics.Statistics.Dependence;

namespace Tollgate.Operations.Samples;

/// <summary>The dependence of two columns.</summary>
public sealed record DependentColumns
{
    /// <summary>The first column.</summary>
    public required string X { get; init; }

    /// <summary>The second column.</summary>
    public required string Y { get; init; }

    /// <summary>Pearson's correlation.</summary>
    public required CorrelationMeasure Pearson { get; init; }

    /// <summary>Spearman's rank correlation.</summary>
    public required CorrelationMeasure Spearman { get; init; }

    /// <summary>Kendall's tau-b.</summary>
    public required CorrelationMeasure KendallTauB { get; init; }

    /// <summary>The dependence of the tails.</summary>
    public required TailDependence Tails { get; init; }

    /// <summary>The fitted copulas, best by the Akaike information criterion first.</summary>
    public required IReadOnlyList<FittedCopula> Copulas { get; init; }
}

/// <summary>A correlation.</summary>
/// <param name="Value">The coefficient, from -1 to 1.</param>
/// <param name="PValue">The two-sided p value against no correlation; null for fewer than three pairs.</param>
public sealed record CorrelationMeasure(double Value, double? PValue);

/// <summary>A fitted copula.</summary>
/// <param name="Family">The family, such as <c>clayton</c>.</param>
/// <param name="Parameter">The name of its parameter.</param>
/// <param name="Value">The fitted value.</param>
/// <param name="Aic">Akaike's criterion: lower is better.</param>
public sealed record FittedCopula(string Family, string Parameter, double Value, double Aic)
{
    internal static FittedCopula Create(CopulaFit fit)
    {
        var (name, value) = fit.Copula switch
        {
            GaussianCopula gaussian => ("correlation", gaussian.Correlation),
            ClaytonCopula clayton => ("theta", clayton.Theta),
            GumbelCopula gumbel => ("theta", gumbel.Theta),
            var other => ("tau", other.KendallTau),
        };
        return new FittedCopula(fit.Copula.Family, name, value, fit.Aic);
    }
}
