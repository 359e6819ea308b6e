using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Dependence;

/// <summary>Correlations of pairs.</summary>
public static class Correlation
{
    /// <summary>Pearson's: how close the pairs are to a straight line.</summary>
    /// <exception cref="InvalidInputException">
    /// Fewer than two pairs, a value that is not finite, or a column without variation.
    /// </exception>
    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        SampleChecks.RequirePairs(x, "x", y, "y", 2);
        var (meanX, meanY) = (Moments.FromSample(x).Mean, Moments.FromSample(y).Mean);
        double xx = 0,
            yy = 0,
            xy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
        RequireVariation(xx, "x");
        RequireVariation(yy, "y");
        return Math.Clamp(xy / Math.Sqrt(xx) / Math.Sqrt(yy), -1, 1);
    }

    /// <summary>Spearman's: Pearson's of the ranks, with tied values at their mean rank.</summary>
    /// <exception cref="InvalidInputException">
    /// Fewer than two pairs, a value that is not finite, or a column without variation.
    /// </exception>
    public static double Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        SampleChecks.RequirePairs(x, "x", y, "y", 2);
        return Pearson(Ranks.Calculate(x), Ranks.Calculate(y));
    }

    /// <summary>
    /// Kendall's tau-b: concordant minus discordant pairs of pairs, corrected for ties; in O(n log n) (W. Knight 1966).
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// Fewer than two pairs, a value that is not finite, or a column without variation.
    /// </exception>
    public static double Kendall(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        SampleChecks.RequirePairs(x, "x", y, "y", 2);
        var counts = KendallCounts.Count(x, y);
        RequireVariation(counts.Pairs - counts.TiedX, "x");
        RequireVariation(counts.Pairs - counts.TiedY, "y");
        return Math.Clamp(
            (counts.Pairs - counts.TiedX - counts.TiedY + counts.TiedBoth - 2.0 * counts.Discordant)
                / Math.Sqrt(counts.Pairs - counts.TiedX)
                / Math.Sqrt(counts.Pairs - counts.TiedY),
            -1,
            1
        );
    }

    /// <summary>
    /// The two-sided p value of Pearson's or Spearman's coefficient against no correlation, by Student's distribution:
    /// exact for
    /// normal numbers, an approximation otherwise.
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// The coefficient is not from -1 to 1, or there are fewer than three pairs.
    /// </exception>
    public static double PValue(double coefficient, int pairs)
    {
        if (!(coefficient is >= -1 and <= 1))
            throw new InvalidInputException(
                "coefficient",
                InputValidator.FormatRule(coefficient, "must be from -1 to 1")
            );
        if (pairs < 3)
            throw new InvalidInputException("pairs", $"must be 3 or more, but is {pairs}");
        return BetaFunctions.Regularized((pairs - 2) / 2.0, 0.5, 1 - coefficient * coefficient);
    }

    /// <summary>
    /// The two-sided p value of Kendall's tau against no dependence: exact up to 33 pairs without ties, otherwise by
    /// the normal approximation with its variance corrected for ties.
    /// </summary>
    /// <exception cref="InvalidInputException">Fewer than two pairs, or a value that is not finite.</exception>
    public static double KendallPValue(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        SampleChecks.RequirePairs(x, "x", y, "y", 2);
        return KendallSignificance.PValue(x, y);
    }

    private static void RequireVariation(double variation, string field)
    {
        if (!(variation > 0))
            throw new InvalidInputException(field, "has only one distinct value, so correlations are undefined");
    }
}
