using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Dependence;

/// <summary>The dependence of two normal variates. In the limit, extremes are independent.</summary>
/// <param name="Correlation">The correlation of the normal scores, above -1 and below 1; 0 is independence.</param>
public sealed record GaussianCopula(double Correlation) : Copula
{
    /// <summary>Creates the copula with this Kendall correlation.</summary>
    public static GaussianCopula FromKendall(double tau) => new(Math.Sin(Math.PI / 2 * tau));

    /// <inheritdoc/>
    public override string Family => "gaussian";

    /// <inheritdoc/>
    public override double KendallTau => 2 / Math.PI * Math.Asin(Correlation);

    /// <inheritdoc/>
    public override double LowerTailDependence => 0;

    /// <inheritdoc/>
    public override double UpperTailDependence => 0;

    private double Rest => Math.Sqrt((1 - Correlation) * (1 + Correlation));

    /// <inheritdoc/>
    public override double LogDensity(double u, double v)
    {
        var x = StandardNormal.Quantile(u);
        var y = StandardNormal.Quantile(v);
        var r = Correlation;
        var rest = (1 - r) * (1 + r);
        return -0.5 * Elementary.Log(rest) - (r * r * (x * x + y * y) - 2 * r * x * y) / (2 * rest);
    }

    /// <inheritdoc/>
    public override void Check(InputValidator check) =>
        check.Require(
            Correlation is > -1 and < 1,
            "correlation",
            InputValidator.FormatRule(Correlation, "must be above -1 and below 1")
        );

    internal override double Conditional(double u, double probability) =>
        StandardNormal.Cumulative(
            Correlation * StandardNormal.Quantile(u) + Rest * StandardNormal.Quantile(probability)
        );

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Draw(Span<double> first, Distribution firstLaw, Span<double> second, Distribution secondLaw)
    {
        StandardNormal.Quantiles(first);
        StandardNormal.Quantiles(second);
        var x = MemoryMarshal.Cast<double, Vector256<double>>(first);
        var y = MemoryMarshal.Cast<double, Vector256<double>>(second);
        var (r, rest) = (Vector256.Create(Correlation), Vector256.Create(Rest));
        for (var i = 0; i < x.Length; i++)
            y[i] = Vector256.FusedMultiplyAdd(r, x[i], rest * y[i]);
        for (var i = x.Length * Vector256<double>.Count; i < first.Length; i++)
            second[i] = Math.FusedMultiplyAdd(Correlation, first[i], Rest * second[i]);
        firstLaw.FromNormalScores(first);
        secondLaw.FromNormalScores(second);
    }
}
