using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Dependence;

/// <summary>A dependence that is strong among large values: large inputs have large outputs.</summary>
/// <param name="Theta">The strength, from 1 (independence) to 100.</param>
public sealed record GumbelCopula(double Theta) : Copula
{
    /// <summary>Creates the copula with this Kendall correlation, 0 or more.</summary>
    public static GumbelCopula FromKendall(double tau) => new(1 / (1 - tau));

    /// <inheritdoc/>
    public override string Family => "gumbel";

    /// <inheritdoc/>
    public override double KendallTau => 1 - 1 / Theta;

    /// <inheritdoc/>
    public override double LowerTailDependence => 0;

    /// <inheritdoc/>
    public override double UpperTailDependence => 2 - Elementary.Power(2, 1 / Theta);

    /// <inheritdoc/>
    public override double LogDensity(double u, double v)
    {
        var (x, y) = (-Elementary.Log(u), -Elementary.Log(v));
        var (logX, logY) = (Elementary.Log(x), Elementary.Log(y));
        var logSum = LogSum(logX, logY);
        var w = Elementary.Exp(logSum / Theta);
        return -w + x + y + (Theta - 1) * (logX + logY) + (1 / Theta - 2) * logSum + Elementary.Log(w + Theta - 1);
    }

    /// <inheritdoc/>
    public override void Check(InputValidator check) =>
        check.Require(Theta is >= 1 and <= 100, "theta", InputValidator.FormatRule(Theta, "must be from 1 to 100"));

    /// <summary>
    /// With x = -log u and w = (x^theta + y^theta)^(1/theta), the conditional probability is exp(x - w) (x / w)^(theta
    /// - 1): it decreases in w, and w + (theta - 1) log w is convex enough for Newton's method to converge to its root
    /// from the left without a bracket.
    /// </summary>
    internal override double Conditional(double u, double probability)
    {
        if (Theta == 1)
            return probability;
        var x = -Elementary.Log(u);
        var target = x + (Theta - 1) * Elementary.Log(x) - Elementary.Log(probability);
        var w = x;
        for (var step = 0; step < 60; step++)
        {
            var next = w - (w + (Theta - 1) * Elementary.Log(w) - target) / (1 + (Theta - 1) / w);
            var done = Math.Abs(next - w) <= 1e-15 * w;
            w = Math.Max(next, x);
            if (done)
                break;
        }
        var ratio = Theta * Elementary.Log(x / w);
        var logY = Elementary.Log(w) + Elementary.Log(Math.Max(1e-300, 1 - Elementary.Exp(ratio))) / Theta;
        return Math.Clamp(Elementary.Exp(-Elementary.Exp(logY)), 1e-300, 1 - 1e-16);
    }

    private double LogSum(double logX, double logY)
    {
        var high = Theta * Math.Max(logX, logY);
        return high + Elementary.LogOnePlus(Elementary.Exp(Theta * Math.Min(logX, logY) - high));
    }
}
