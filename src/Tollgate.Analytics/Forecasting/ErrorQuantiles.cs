namespace Tollgate.Analytics.Forecasting;

/// <summary>
/// The quantiles of the errors seen so many days ahead, as intervals need them: of m errors the rank is taken of m + 1, so that the next
/// one falls between them as often as promised (conformal prediction).
/// </summary>
internal sealed class ErrorQuantiles
{
    /// <summary>Errors grow at most like those of a random walk with a little trend.</summary>
    private const double FastestGrowth = 0.6;

    private readonly List<double[]> _byDay = [];
    private readonly double _growth;

    /// <param name="errors">For each number of days ahead, from 1 on, the errors seen; at least one each.</param>
    public ErrorQuantiles(IReadOnlyList<List<double>> errors)
    {
        // Neighbours are pooled: a quantile of few errors is rough, and one day more ahead changes little.
        for (var day = 0; day < errors.Count; day++)
            _byDay.Add([.. Enumerable.Range(day - 1, 3).Where(near => near >= 0 && near < errors.Count).SelectMany(near => errors[near]).Order()]);
        _growth = GrowthOf(errors);
    }

    /// <summary>The error that a part of all errors stays below.</summary>
    /// <param name="day">Days ahead, from 1 on; beyond those seen, the last ones are stretched as they grew.</param>
    /// <param name="part">Between 0 and 1.</param>
    public double At(int day, double part)
    {
        var known = Math.Min(day, _byDay.Count);
        return Quantile(_byDay[known - 1], part) * Math.Pow((double)day / known, _growth);
    }

    private static double Quantile(double[] sorted, double part)
    {
        var rank = (part * (sorted.Length + 1)) - 1;
        if (rank <= 0) return sorted[0];
        if (rank >= sorted.Length - 1) return sorted[^1];
        var below = (int)rank;
        return sorted[below] + ((rank - below) * (sorted[below + 1] - sorted[below]));
    }

    /// <summary>The exponent of the days ahead with which errors grow: 0 where they stay, 0.5 in a random walk.</summary>
    private static double GrowthOf(IReadOnlyList<List<double>> errors)
    {
        var half = errors.Count / 2;
        if (half < 2) return 0.5;
        var (near, far) = (MeanOf(errors.Take(half)), MeanOf(errors.Skip(errors.Count - half)));
        if (near <= 0) return 0;
        var steps = (errors.Count - ((half - 1) / 2.0)) / ((half + 1) / 2.0);
        return Math.Clamp(Math.Log(far / near) / Math.Log(steps), 0, FastestGrowth);
    }

    private static double MeanOf(IEnumerable<List<double>> errors) => errors.Average(static list => list.Average(Math.Abs));
}
