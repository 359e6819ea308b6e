namespace Tollgate.Analytics.Forecasting;

/// <summary>
/// Quantiles of forecast errors by the number of days ahead, as needed by intervals: for m errors, the rank is computed
/// from m + 1, so that the next one is within the interval as often as promised (conformal prediction). Both sides
/// count equally: the errors of neighboring days have the same sign, and one side of so few errors would be a drift
/// that may not continue.
/// </summary>
internal sealed class ErrorBands
{
    /// <summary>Errors grow at most like those of a random walk with a slight trend.</summary>
    private const double FastestGrowth = 0.6;

    private readonly double[] _widths;
    private readonly double _growth;

    /// <param name="errors">For each number of days ahead, from 1 on, the observed errors; at least one each.</param>
    /// <param name="part">The share of errors that should be within the band, between 0 and 1.</param>
    /// <param name="areSums">
    /// True if they are errors of running sums, which are strongly correlated between neighboring days.
    /// </param>
    public ErrorBands(IReadOnlyList<List<double>> errors, double part, bool areSums)
    {
        _growth = FitGrowth(errors);
        _widths = new double[errors.Count];
        for (var day = 0; day < errors.Count; day++)
        {
            // Neighbors are pooled: a quantile of few errors is rough, and one more day ahead changes little.
            double[] sizes =
            [
                .. Enumerable
                    .Range(day - 1, 3)
                    .Where(near => near >= 0 && near < errors.Count)
                    .SelectMany(near => errors[near])
                    .Select(Math.Abs)
                    .Order(),
            ];
            // Errors h days ahead overlap: if they grow or add up, only as many are independent as h fits into the
            // days.
            var overlap = (areSums ? 1 : 2 * _growth) * (day + 1) / errors[0].Count;
            // No day is more certain than an earlier one.
            _widths[day] = Math.Max(areSums || day == 0 ? 0 : _widths[day - 1], Quantile(sizes, part) * (1 + overlap));
        }
    }

    /// <summary>
    /// The width on either side for a number of days ahead (from 1 on); after the observed ones, the last is
    /// extrapolated by their growth.
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
    /// The exponent by which errors grow with the days ahead: 0 if they are constant, 0.5 in a random walk.
    /// </summary>
    private static double FitGrowth(IReadOnlyList<List<double>> errors)
    {
        var half = errors.Count / 2;
        var (near, far) = (GetMean(errors.Take(half)), GetMean(errors.Skip(errors.Count - half)));
        if (near <= 0)
            return 0;
        var steps = (errors.Count - ((half - 1) / 2.0)) / ((half + 1) / 2.0);
        return Math.Clamp(Math.Log(far / near) / Math.Log(steps), 0, FastestGrowth);
    }

    private static double GetMean(IEnumerable<List<double>> errors) =>
        errors.Average(static list => list.Average(Math.Abs));
}
