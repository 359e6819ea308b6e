using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Distributions;

/// <summary>The normal distribution.</summary>
/// <param name="Mu">The mean.</param>
/// <param name="Sigma">The standard deviation, above 0.</param>
public sealed record Normal(double Mu, double Sigma) : Distribution
{
    /// <inheritdoc/>
    public override string Family => "normal";

    /// <inheritdoc/>
    public override double Mean => Mu;

    /// <inheritdoc/>
    public override double Variance => Sigma * Sigma;

    /// <inheritdoc/>
    public override double LogDensity(double value) =>
        StandardNormal.LogDensity((value - Mu) / Sigma) - Elementary.Log(Sigma);

    /// <inheritdoc/>
    public override double Cumulative(double value) => StandardNormal.Cumulative((value - Mu) / Sigma);

    /// <inheritdoc/>
    public override double Survival(double value) => StandardNormal.Cumulative((Mu - value) / Sigma);

    /// <inheritdoc/>
    public override double Quantile(double probability) => Mu + Sigma * StandardNormal.Quantile(probability);

    /// <inheritdoc/>
    public override void Check(InputValidator check)
    {
        check.Finite("mu", Mu);
        check.Positive("sigma", Sigma);
    }
}
