using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Distributions;

/// <summary>The exponential distribution.</summary>
/// <param name="Scale">The mean, above 0.</param>
public sealed record Exponential(double Scale) : Distribution
{
    /// <inheritdoc/>
    public override string Family => "exponential";

    /// <inheritdoc/>
    public override double Mean => Scale;

    /// <inheritdoc/>
    public override double Variance => Scale * Scale;

    /// <inheritdoc/>
    public override double LogDensity(double value) =>
        value < 0 ? double.NegativeInfinity : -value / Scale - Elementary.Log(Scale);

    /// <inheritdoc/>
    public override double Cumulative(double value) => 1 - Survival(value);

    /// <inheritdoc/>
    public override double Survival(double value) => value <= 0 ? 1 : Elementary.Exp(-value / Scale);

    /// <inheritdoc/>
    public override double Quantile(double probability) => -Scale * Elementary.LogOnePlus(-probability);

    /// <inheritdoc/>
    public override void Check(InputValidator check) => check.Positive("scale", Scale);
}
