namespace Tollgate.Analytics.Statistics;

/// <summary>A confidence interval.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>
    /// The bootstrap's percentile interval: the central range of the resamples' values. The values are sorted in place.
    /// </summary>
    internal static Interval FromResamples(Span<double> values, double confidence)
    {
        values.Sort();
        return new Interval(
            RiskMeasures.AtRank(values, (values.Length - 1) * (1 - confidence) / 2),
            RiskMeasures.AtRank(values, (values.Length - 1) * (1 + confidence) / 2)
        );
    }

    /// <summary>
    /// E. B. Wilson's interval (1927) of a share: analytic, since resampling a share adds no information.
    /// </summary>
    internal static Interval FromShare(double share, int count, double confidence)
    {
        var z = Numerics.StandardNormal.Quantile((1 + confidence) / 2);
        var center = share + z * z / (2 * count);
        var reach = z * Math.Sqrt(share * (1 - share) / count + z * z / (4.0 * count * count));
        var whole = 1 + z * z / count;
        return new Interval(Math.Max(0, (center - reach) / whole), Math.Min(1, (center + reach) / whole));
    }
}
