using Tollgate.Analytics.Forecasting;

namespace Tollgate.Analytics.Anomalies;

/// <summary>
/// Finds days that differ from the surrounding days. On a logarithmic scale, the median of the surrounding days and the
/// median of the weekday are subtracted; the residual is measured by its median absolute deviation. Medians are used so
/// that outliers do not mask themselves.
/// </summary>
public static class AnomalyDetector
{
    /// <summary>The minimum number of days; with fewer, it is unknown what is usual.</summary>
    public const int MinDays = 14;

    /// <summary>The number of days before and after a day that it is compared with.</summary>
    private const int Around = 10;

    /// <summary>
    /// The minimum deviation: days that differ by so little (15 %) count as equal, no matter how similar the others
    /// are.
    /// </summary>
    private const double MinDeviation = 0.15;

    /// <summary>
    /// On a weekday that is unused this often, neither usage nor its absence is unusual; if it is almost always unused,
    /// usage is.
    /// </summary>
    private const double OftenNothing = 0.2,
        MostlyNothing = 0.75;

    /// <summary>The anomalous days, most significant first.</summary>
    /// <param name="series">The days.</param>
    /// <param name="options">The thresholds.</param>
    /// <returns>None if there are fewer than 14 days to compare.</returns>
    public static IReadOnlyList<Anomaly> Find(DailySeries series, AnomalyOptions options)
    {
        var days = ComparedDays(series);
        if (days.Length < MinDays)
            return [];
        var offset = Math.Max(
            decimal.ToDouble(options.MinDifference),
            0.02 * Median.Calculate([.. days.Select(day => series.Amounts[day])])
        );
        var values = Array.ConvertAll(days, day => Math.Log(series.Amounts[day] + offset));
        var expected = Expected(days, values, [.. days.Select(day => series.Amounts[day] == 0)]);
        var rest = values.Zip(expected, static (value, usual) => value - usual).ToArray();
        var deviation = Math.Max(MinDeviation, 1.4826 * Median.Calculate(Array.ConvertAll(rest, Math.Abs)));
        return
        [
            .. Enumerable
                .Range(0, days.Length)
                .Where(index => Math.Abs(rest[index]) >= options.MinScore * deviation)
                .Select(index => new Anomaly(
                    series.Start.AddDays(days[index]),
                    ForecastReport.Rounded(series.Amounts[days[index]]),
                    ForecastReport.Rounded(Math.Max(0, Math.Exp(expected[index]) - offset)),
                    decimal.Round((decimal)(rest[index] / deviation), 2)
                ))
                .Where(anomaly => Math.Abs(anomaly.Amount - anomaly.Expected) >= options.MinDifference)
                .OrderByDescending(static anomaly => Math.Abs(anomaly.Score))
                .ThenBy(static anomaly => anomaly.Day),
        ];
    }

    /// <summary>
    /// All days; for a series that is mostly 0, the days with an amount: there, a day without one is the norm.
    /// </summary>
    private static int[] ComparedDays(DailySeries series)
    {
        var amounts = series.Amounts.ToArray();
        var isSparse = amounts.Count(static amount => amount == 0) * 2 > amounts.Length;
        return [.. Enumerable.Range(0, amounts.Length).Where(day => !isSparse || amounts[day] > 0)];
    }

    private static double[] Expected(int[] days, double[] values, bool[] isNothing)
    {
        var weekday = new double[7];
        var usuallyNothing = new double[7];
        // Weekdays first, by their distance from the level; then the level again, without them.
        var level = Levels(values);
        for (var day = 0; day < 7 && days.Length >= 3 * 7; day++)
        {
            int[] same = [.. Enumerable.Range(0, days.Length).Where(index => days[index] % 7 == day)];
            // The median of one or two days is the days themselves.
            if (same.Length < 3)
                continue;
            usuallyNothing[day] = same.Count(index => isNothing[index]) / (double)same.Length;
            weekday[day] = Median.Calculate([
                .. same.Where(index => usuallyNothing[day] >= MostlyNothing || !isNothing[index])
                    .Select(index => values[index] - level[index]),
            ]);
        }

        level = Levels([.. values.Select((value, index) => value - weekday[days[index] % 7])]);
        return
        [
            .. level.Select(
                (value, index) =>
                    isNothing[index] && usuallyNothing[days[index] % 7] >= OftenNothing
                        ? values[index]
                        : value + weekday[days[index] % 7]
            ),
        ];
    }

    /// <summary>The median of the days around each day; at the ends, the same number of days on one side.</summary>
    private static double[] Levels(double[] values) =>
        [
            .. values.Select(
                (_, index) =>
                {
                    var first = Math.Clamp(index - Around, 0, Math.Max(0, values.Length - (2 * Around) - 1));
                    return Median.Calculate(values[first..Math.Min(values.Length, first + (2 * Around) + 1)]);
                }
            ),
        ];
}
