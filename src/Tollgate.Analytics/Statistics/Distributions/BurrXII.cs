using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Distributions;

/// <summary>The Burr distribution of type XII (Singh-Maddala): survival is (1 + (x / scale)^c)^-d.</summary>
/// <param name="C">The exponent near 0; above 0.</param>
/// <param name="D">Together with c, it determines the tail's exponent c d; above 0.</param>
/// <param name="Scale">The unit of the values, above 0.</param>
public sealed record BurrXII(double C, double D, double Scale) : Distribution
{
    /// <inheritdoc/>
    public override string Family => "burr-xii";

    /// <inheritdoc/>
    public override double Mean => Moment(1);

    /// <inheritdoc/>
    public override double Variance => Moment(2) - Mean * Mean;

    /// <inheritdoc/>
    public override double LogDensity(double value)
    {
        if (value <= 0)
            return double.NegativeInfinity;
        var log = Elementary.Log(value / Scale);
        return Elementary.Log(C)
            + Elementary.Log(D)
            - Elementary.Log(Scale)
            + (C - 1) * log
            - (D + 1) * LogOnePlusPower(log);
    }

    /// <inheritdoc/>
    public override double Cumulative(double value) => 1 - Survival(value);

    /// <inheritdoc/>
    public override double Survival(double value) =>
        value <= 0 ? 1 : Elementary.Exp(-D * LogOnePlusPower(Elementary.Log(value / Scale)));

    /// <inheritdoc/>
    public override double Quantile(double probability)
    {
        var exponent = -Elementary.LogOnePlus(-probability) / D;
        return Scale * Elementary.Power(exponent < 1e-8 ? exponent : Elementary.Exp(exponent) - 1, 1 / C);
    }

    /// <inheritdoc/>
    public override void Check(InputValidator check)
    {
        check.Positive("c", C);
        check.Positive("d", D);
        check.Positive("scale", Scale);
    }

    private double LogOnePlusPower(double log) =>
        C * log > 600 ? C * log : Elementary.LogOnePlus(Elementary.Exp(C * log));

    private double Moment(int order) =>
        C * D <= order
            ? double.PositiveInfinity
            : D * Elementary.Power(Scale, order) * Elementary.Exp(BetaFunctions.LogBeta(D - order / C, 1 + order / C));
}
