namespace Tollgate.Analytics.Forecasting;

/// <summary>
/// How far off forecasts were so many days ahead, as intervals need it: of m errors the rank is taken of m + 1, so that
/// the next one is within as often as promised (conformal prediction). Both sides count alike: the errors of
/// neighbouring days share their sign, and one side of few such errors would be a drift that need not go on.
/// </summary>
internal sealed class ErrorBands
{
    /// <summary>Errors grow at most like those of a random walk with a little trend.</summary>
    private const double FastestGrowth = 0.6;

    private readonly double[] _widths;
    private readonly double _growth;

    /// <param name="errors">For each number of days ahead, from 1 on, the errors seen; at least one each.</param>
    /// <param name="part">The part of errors that is to be within, between 0 and 1.</param>
    /// <param name="areSums">Whether they are errors of running sums, of which neighbours have most in common.</param>
    public ErrorBands(IReadOnlyList<List<double>> errors, double part, bool areSums)
    {
        _growth = GrowthOf(errors);
        _widths = new double[errors.Count];
        for (var day = 0; day < errors.Count; day++)
        {
            // Neighbours are pooled: a quantile of few errors is rough, and one day more ahead changes little.
            double[] sizes =
            [
                .. Enumerable
                    .Range(day - 1, 3)
                    .Where(near => near >= 0 && near < errors.Count)
                    .SelectMany(near => errors[near])
                    .Select(Math.Abs)
                    .Order(),
            ];
            // Errors h days ahead overlap: as far as they grow or add up, there are only so many of their own as h goes
            // into the days.
            var overlap = (areSums ? 1 : 2 * _growth) * (day + 1) / errors[0].Count;
            // No day is surer than one before it.
            _widths[day] = Math.Max(areSums || day == 0 ? 0 : _widths[day - 1], Quantile(sizes, part) * (1 + overlap));
        }
    }

    /// <summary>
    /// The width on either side, so many days ahead (from 1 on); beyond those seen, the last one is stretched as they
    /// grew.
    /// </summary>
    public double At(int day)
    {
        var known = Math.Min(day, _widths.Length);
        return _widths[known - 1] * Math.Pow((double)day / known, _growth);
    }

    private static double Quantile(double[] sorted, double part)
    {
        var rank = (part * (sorted.Length + 1)) - 1;
        if (rank <= 0)
            return sorted[0];
        if (rank >= sorted.Length - 1)
            return sorted[^1];
        var below = (int)rank;
        return sorted[below] + ((rank - below) * (sorted[below + 1] - sorted[below]));
    }

    /// <summary>
    /// The exponent of the days ahead with which errors grow: 0 where they stay, 0.5 in a random walk.
    /// </summary>
    private static double GrowthOf(IReadOnlyList<List<double>> errors)
    {
        var half = errors.Count / 2;
        var (near, far) = (MeanOf(errors.Take(half)), MeanOf(errors.Skip(errors.Count - half)));
        if (near <= 0)
            return 0;
        var steps = (errors.Count - ((half - 1) / 2.0)) / ((half + 1) / 2.0);
        return Math.Clamp(Math.Log(far / near) / Math.Log(steps), 0, FastestGrowth);
    }

    private static double MeanOf(IEnumerable<List<double>> errors) =>
        errors.Average(static list => list.Average(Math.Abs));
}
