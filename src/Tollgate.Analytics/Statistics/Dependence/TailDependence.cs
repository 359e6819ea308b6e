namespace Tollgate.Analytics.Statistics.Dependence;

/// <summary>How often both numbers of a pair are extreme together, in a sample.</summary>
/// <param name="Level">The quantile that separates the upper tail; the lower one ends at 1 minus that.</param>
/// <param name="Lower">
/// Among the pairs whose first number is in its lower tail, the share whose second number is, too.
/// </param>
/// <param name="Upper">
/// Among the pairs whose first number is in its upper tail, the share whose second number is, too.
/// </param>
/// <param name="PairsInTail">Pairs whose first number is in its upper tail: the sample size behind the shares.</param>
public sealed record TailDependence(double Level, double Lower, double Upper, int PairsInTail)
{
    /// <summary>The tail dependence of a sample at a level.</summary>
    /// <exception cref="InvalidInputException">
    /// The level is out of range or leaves no pair in the tail, or the columns have different lengths.
    /// </exception>
    public static TailDependence FromSample(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double level = 0.95)
    {
        SampleChecks.RequirePairs(x, "x", y, "y", 2);
        if (!(level is > 0.5 and < 1))
            throw new InvalidInputException("level", InputValidator.FormatRule(level, "must be above 0.5 and below 1"));
        var (u, v) = (Ranks.Scaled(x), Ranks.Scaled(y));
        int upper = 0,
            upperBoth = 0,
            lower = 0,
            lowerBoth = 0;
        for (var i = 0; i < u.Length; i++)
        {
            if (u[i] > level)
                upper++;
            if (u[i] > level && v[i] > level)
                upperBoth++;
            if (u[i] < 1 - level)
                lower++;
            if (u[i] < 1 - level && v[i] < 1 - level)
                lowerBoth++;
        }
        if (upper == 0 || lower == 0)
            throw new InvalidInputException(
                "level",
                InputValidator.FormatRule(level, $"leaves none of {x.Length} pairs in the tails: it must be lower")
            );
        return new TailDependence(level, (double)lowerBoth / lower, (double)upperBoth / upper, upper);
    }
}
