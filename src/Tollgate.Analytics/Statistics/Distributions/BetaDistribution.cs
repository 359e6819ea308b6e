using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Distributions;

/// <summary>The beta distribution: a share between 0 and 1, such as a cache's hit rate.</summary>
/// <param name="A">The weight of 1, above 0: the mean is a / (a + b).</param>
/// <param name="B">The weight of 0, above 0.</param>
public sealed record BetaDistribution(double A, double B) : Distribution
{
    /// <inheritdoc/>
    public override string Family => "beta";

    /// <inheritdoc/>
    public override double Mean => A / (A + B);

    /// <inheritdoc/>
    public override double Variance => A * B / ((A + B) * (A + B) * (A + B + 1));

    /// <inheritdoc/>
    public override double LogDensity(double value) =>
        value is <= 0 or >= 1
            ? double.NegativeInfinity
            : (A - 1) * Elementary.Log(value) + (B - 1) * Elementary.LogOnePlus(-value) - BetaFunctions.LogBeta(A, B);

    /// <inheritdoc/>
    public override double Cumulative(double value) => BetaFunctions.Regularized(A, B, value);

    /// <inheritdoc/>
    public override double Survival(double value) => BetaFunctions.Both(A, B, value).Upper;

    /// <inheritdoc/>
    public override double Quantile(double probability) => BetaFunctions.Inverse(A, B, probability);

    /// <inheritdoc/>
    public override void Check(InputValidator check)
    {
        check.Positive("a", A);
        check.Positive("b", B);
    }
}
