using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Distributions;

/// <summary>The Pareto distribution (type I).</summary>
/// <param name="Shape">The tail's exponent, above 0; the mean is infinite up to 1, the variance up to 2.</param>
/// <param name="Scale">The smallest value, above 0.</param>
public sealed record Pareto(double Shape, double Scale) : Distribution
{
    /// <inheritdoc/>
    public override string Family => "pareto";

    /// <inheritdoc/>
    public override double Mean => Shape <= 1 ? double.PositiveInfinity : Shape * Scale / (Shape - 1);

    /// <inheritdoc/>
    public override double Variance =>
        Shape <= 2 ? double.PositiveInfinity : Scale * Scale * Shape / ((Shape - 1) * (Shape - 1) * (Shape - 2));

    /// <inheritdoc/>
    public override double LogDensity(double value) =>
        value < Scale
            ? double.NegativeInfinity
            : Elementary.Log(Shape / Scale) - (Shape + 1) * Elementary.Log(value / Scale);

    /// <inheritdoc/>
    public override double Cumulative(double value) => 1 - Survival(value);

    /// <inheritdoc/>
    public override double Survival(double value) => value <= Scale ? 1 : Elementary.Power(value / Scale, -Shape);

    /// <inheritdoc/>
    public override double Quantile(double probability) =>
        Scale * Elementary.Exp(-Elementary.LogOnePlus(-probability) / Shape);

    /// <inheritdoc/>
    public override void Check(InputValidator check)
    {
        check.Positive("shape", Shape);
        check.Positive("scale", Scale);
    }
}
