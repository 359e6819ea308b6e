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
        NormalLaw.LogDensity((value - Mu) / Sigma) - Elementary.Log(Sigma);

    /// <inheritdoc/>
    public override double Cumulative(double value) => NormalLaw.Cumulative((value - Mu) / Sigma);

    /// <inheritdoc/>
    public override double Survival(double value) => NormalLaw.Cumulative((Mu - value) / Sigma);

    /// <inheritdoc/>
    public override double Quantile(double probability) => Mu + Sigma * NormalLaw.Quantile(probability);

    /// <inheritdoc/>
    public override void Check(InputCheck check)
    {
        check.Finite("mu", Mu);
        check.Positive("sigma", Sigma);
    }
}
