namespace Tollgate.Analytics.Statistics;

/// <summary>
/// Quantiles and tail risks of values in ascending order. Each is exact by the definition that it names.
/// </summary>
public static class RiskMeasures
{
    /// <summary>
    /// The percentile by linear interpolation between order statistics (Hyndman and Fan's type 7, NumPy's default): at
    /// rank
    /// (n - 1) p / 100 counted from 0.
    /// </summary>
    /// <exception cref="InvalidInputException">The percentile is not from 0 to 100, or there are no values.</exception>
    public static double Percentile(ReadOnlySpan<double> sorted, double percentile)
    {
        if (!(percentile is >= 0 and <= 100))
            throw new InvalidInputException(
                "percentile",
                InputValidator.FormatRule(percentile, "must be from 0 to 100")
            );
        RequireSome(sorted);
        return AtRank(sorted, (sorted.Length - 1) * (percentile / 100));
    }

    /// <summary>
    /// Value at risk: the smallest value that is not exceeded with at least this probability, the order statistic
    /// ceil(level n).
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// The level is not above 0 and below 1, or there are no values.
    /// </exception>
    public static double ValueAtRisk(ReadOnlySpan<double> sorted, double level)
    {
        RequireLevel(level);
        RequireSome(sorted);
        return sorted[GetRank(sorted.Length, level) - 1];
    }

    /// <summary>
    /// Conditional value at risk (expected shortfall): the mean of the worst 1 - level of the probability, where the
    /// value at risk has the remaining weight of that share (Acerbi and Tasche 2002; Rockafellar and Uryasev 2002): VaR
    /// + sum of the excess over VaR / (n (1 - level)).
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// The level is not above 0 and below 1, or there are no values.
    /// </exception>
    public static double ConditionalValueAtRisk(ReadOnlySpan<double> sorted, double level)
    {
        var valueAtRisk = ValueAtRisk(sorted, level);
        var above = sorted[GetRank(sorted.Length, level)..];
        return valueAtRisk + Numerics.OrderedSum.OfDistances(above, valueAtRisk) / (sorted.Length * (1 - level));
    }

    /// <summary>The value at a rank counted from 0, interpolated between two ranks.</summary>
    internal static double AtRank(ReadOnlySpan<double> sorted, double rank)
    {
        var below = (int)rank;
        var value = sorted[below];
        return below + 1 < sorted.Length ? value + (rank - below) * (sorted[below + 1] - value) : value;
    }

    /// <summary>
    /// ceil(level n), where a product that differs from a whole number only by rounding counts as that number.
    /// </summary>
    private static int GetRank(int count, double level)
    {
        var rank = level * count;
        var whole = Math.Round(rank);
        return Math.Clamp((int)(Math.Abs(rank - whole) < 1e-9 * count ? whole : Math.Ceiling(rank)), 1, count);
    }

    private static void RequireLevel(double level)
    {
        if (!(level is > 0 and < 1))
            throw new InvalidInputException("level", InputValidator.FormatRule(level, "must be above 0 and below 1"));
    }

    private static void RequireSome(ReadOnlySpan<double> sorted)
    {
        if (sorted.IsEmpty)
            throw new InvalidInputException("values", "is empty: at least one value is needed");
    }
}
