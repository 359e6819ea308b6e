using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Distributions;

/// <summary>A normal distribution truncated below 0: usage cannot be negative.</summary>
/// <param name="Mu">The mean of the untruncated distribution, which is below the mean of the truncated one.</param>
/// <param name="Sigma">The standard deviation of the untruncated distribution, above 0.</param>
public sealed record TruncatedNormal(double Mu, double Sigma) : Distribution
{
    /// <inheritdoc/>
    public override string Family => "truncated-normal";

    /// <inheritdoc/>
    public override double Mean => Mu + Sigma * Hazard;

    /// <inheritdoc/>
    public override double Variance => Sigma * Sigma * (1 - Mu / Sigma * Hazard - Hazard * Hazard);

    private double RetainedMass => StandardNormal.Cumulative(Mu / Sigma);

    private double Hazard => Elementary.Exp(StandardNormal.LogDensity(Mu / Sigma)) / RetainedMass;

    /// <inheritdoc/>
    public override double LogDensity(double value) =>
        value < 0
            ? double.NegativeInfinity
            : StandardNormal.LogDensity((value - Mu) / Sigma) - Elementary.Log(Sigma) - Elementary.Log(RetainedMass);

    /// <inheritdoc/>
    public override double Cumulative(double value) => value <= 0 ? 0 : 1 - Survival(value);

    /// <inheritdoc/>
    public override double Survival(double value) =>
        value <= 0 ? 1 : StandardNormal.Cumulative((Mu - value) / Sigma) / RetainedMass;

    /// <inheritdoc/>
    public override double Quantile(double probability) =>
        Math.Max(0, Mu - Sigma * StandardNormal.Quantile((1 - probability) * RetainedMass));

    /// <inheritdoc/>
    public override void Check(InputValidator check)
    {
        check.Finite("mu", Mu);
        check.Positive("sigma", Sigma);
        check.Require(
            !(Sigma > 0) || Mu / Sigma > -30,
            "mu",
            InputValidator.FormatRule(Mu, "leaves almost nothing above 0: it must be above -30 sigma")
        );
    }
}
