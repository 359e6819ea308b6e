using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Distributions;

/// <summary>The gamma distribution.</summary>
/// <param name="Shape">The square of mean over standard deviation, above 0.</param>
/// <param name="Scale">Mean over shape, above 0.</param>
public sealed record GammaDistribution(double Shape, double Scale) : Distribution
{
    /// <inheritdoc/>
    public override string Family => "gamma";

    /// <inheritdoc/>
    public override double Mean => Shape * Scale;

    /// <inheritdoc/>
    public override double Variance => Shape * Scale * Scale;

    /// <inheritdoc/>
    public override double LogDensity(double value)
    {
        if (value <= 0)
            return double.NegativeInfinity;
        return GammaFunctions.LogPowerTerm(Shape, value / Scale) - Elementary.Log(value);
    }

    /// <inheritdoc/>
    public override double Cumulative(double value) => GammaFunctions.Regularized(Shape, value / Scale).Lower;

    /// <inheritdoc/>
    public override double Survival(double value) => GammaFunctions.Regularized(Shape, value / Scale).Upper;

    /// <inheritdoc/>
    public override double Quantile(double probability) => Scale * GammaFunctions.InverseLower(Shape, probability);

    /// <inheritdoc/>
    public override void Check(InputValidator check)
    {
        check.Positive("shape", Shape);
        check.Positive("scale", Scale);
    }
}
