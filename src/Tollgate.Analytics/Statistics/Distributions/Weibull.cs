using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Distributions;

/// <summary>The Weibull distribution.</summary>
/// <param name="Shape">Below 1 the tail is heavier than exponential, above 1 lighter; above 0.</param>
/// <param name="Scale">The value that 63.2 % do not exceed, above 0.</param>
public sealed record Weibull(double Shape, double Scale) : Distribution
{
    /// <inheritdoc/>
    public override string Family => "weibull";

    /// <inheritdoc/>
    public override double Mean => Scale * GetGamma(1);

    /// <inheritdoc/>
    public override double Variance => Scale * Scale * (GetGamma(2) - GetGamma(1) * GetGamma(1));

    /// <inheritdoc/>
    public override double LogDensity(double value)
    {
        if (value <= 0)
            return double.NegativeInfinity;
        var log = Elementary.Log(value / Scale);
        return Elementary.Log(Shape / Scale) + (Shape - 1) * log - Elementary.Exp(Shape * log);
    }

    /// <inheritdoc/>
    public override double Cumulative(double value)
    {
        if (value <= 0)
            return 0;
        var power = Elementary.Power(value / Scale, Shape);
        return power < 1e-8 ? power : 1 - Elementary.Exp(-power);
    }

    /// <inheritdoc/>
    public override double Survival(double value) =>
        value <= 0 ? 1 : Elementary.Exp(-Elementary.Power(value / Scale, Shape));

    /// <inheritdoc/>
    public override double Quantile(double probability) =>
        Scale * Elementary.Power(-Elementary.LogOnePlus(-probability), 1 / Shape);

    /// <inheritdoc/>
    public override void Check(InputValidator check)
    {
        check.Positive("shape", Shape);
        check.Positive("scale", Scale);
    }

    private double GetGamma(int moment) => Elementary.Exp(GammaFunctions.LogGamma(1 + moment / Shape));
}
