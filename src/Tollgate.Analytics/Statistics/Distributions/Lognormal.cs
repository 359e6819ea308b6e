using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Distributions;

/// <summary>The exponential of a normal variate.</summary>
/// <param name="Mu">The mean of the logarithm.</param>
/// <param name="Sigma">The standard deviation of the logarithm, above 0.</param>
public sealed record Lognormal(double Mu, double Sigma) : Distribution
{
    /// <summary>
    /// Creates the distribution with this mean and coefficient of variation (standard deviation over mean).
    /// </summary>
    public static Lognormal FromMean(double mean, double cv)
    {
        var variance = Elementary.LogOnePlus(cv * cv);
        return new Lognormal(Elementary.Log(mean) - variance / 2, Math.Sqrt(variance));
    }

    /// <inheritdoc/>
    public override string Family => "lognormal";

    /// <inheritdoc/>
    public override double Mean => Elementary.Exp(Mu + Sigma * Sigma / 2);

    /// <inheritdoc/>
    public override double Variance => (Elementary.Exp(Sigma * Sigma) - 1) * Elementary.Exp(2 * Mu + Sigma * Sigma);

    /// <inheritdoc/>
    public override double LogDensity(double value)
    {
        if (value <= 0)
            return double.NegativeInfinity;
        var log = Elementary.Log(value);
        return StandardNormal.LogDensity((log - Mu) / Sigma) - log - Elementary.Log(Sigma);
    }

    /// <inheritdoc/>
    public override double Cumulative(double value) =>
        value <= 0 ? 0 : StandardNormal.Cumulative((Elementary.Log(value) - Mu) / Sigma);

    /// <inheritdoc/>
    public override double Survival(double value) =>
        value <= 0 ? 1 : StandardNormal.Cumulative((Mu - Elementary.Log(value)) / Sigma);

    /// <inheritdoc/>
    public override double Quantile(double probability) =>
        Elementary.Exp(Mu + Sigma * StandardNormal.Quantile(probability));

    /// <inheritdoc/>
    public override void Check(InputValidator check)
    {
        check.Finite("mu", Mu);
        check.Positive("sigma", Sigma);
    }

    internal override void FromUniforms(Span<double> values)
    {
        StandardNormal.Quantiles(values);
        FromNormalScores(values);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void FromNormalScores(Span<double> values)
    {
        var vectors = MemoryMarshal.Cast<double, Vector256<double>>(values);
        var mu = Vector256.Create(Mu);
        var sigma = Vector256.Create(Sigma);
        foreach (ref var vector in vectors)
            vector = Elementary.Exp(Vector256.FusedMultiplyAdd(vector, sigma, mu));
        for (var i = vectors.Length * Vector256<double>.Count; i < values.Length; i++)
            values[i] = Elementary.Exp(Math.FusedMultiplyAdd(values[i], Sigma, Mu));
    }
}
