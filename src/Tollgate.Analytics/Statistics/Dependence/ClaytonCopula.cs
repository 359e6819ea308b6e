using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Dependence;

/// <summary>A dependence that is strong among small values.</summary>
/// <param name="Theta">The strength, above 0 and at most 100.</param>
public sealed record ClaytonCopula(double Theta) : Copula
{
    /// <summary>Creates the copula with this Kendall correlation, above 0.</summary>
    public static ClaytonCopula FromKendall(double tau) => new(2 * tau / (1 - tau));

    /// <inheritdoc/>
    public override string Family => "clayton";

    /// <inheritdoc/>
    public override double KendallTau => Theta / (Theta + 2);

    /// <inheritdoc/>
    public override double LowerTailDependence => Elementary.Power(2, -1 / Theta);

    /// <inheritdoc/>
    public override double UpperTailDependence => 0;

    /// <inheritdoc/>
    public override double LogDensity(double u, double v)
    {
        var (a, b) = (Elementary.Log(u), Elementary.Log(v));
        return Elementary.LogOnePlus(Theta) - (1 + Theta) * (a + b) - (2 + 1 / Theta) * LogSum(a, b);
    }

    /// <inheritdoc/>
    public override void Check(InputValidator check) =>
        check.Require(
            Theta is > 0 and <= 100,
            "theta",
            InputValidator.FormatRule(Theta, "must be above 0 and at most 100")
        );

    internal override double Conditional(double u, double probability)
    {
        var power = -Theta * Elementary.Log(u);
        var growth = Elementary.Exp(-Theta / (1 + Theta) * Elementary.Log(probability)) - 1;
        var log = power + Elementary.Log(growth);
        var v = Elementary.Exp(-(log > 30 ? log : Elementary.LogOnePlus(Elementary.Exp(log))) / Theta);
        return Math.Clamp(v, 1e-300, 1 - 1e-16);
    }

    /// <summary>
    /// log(u^-theta + v^-theta - 1) from both logarithms, for when the powers themselves may be out of range.
    /// </summary>
    private double LogSum(double a, double b)
    {
        var high = -Theta * Math.Min(a, b);
        var low = -Theta * Math.Max(a, b);
        return high + Elementary.LogOnePlus(Elementary.Exp(low - high) - Elementary.Exp(-high));
    }
}
