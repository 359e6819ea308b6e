using Tollgate.Analytics.Forecasting;

namespace Tollgate.Analytics.Anomalies;

/// <summary>
/// Finds days that stand out from their neighbours. On a scale of logarithms, the median of the days around and the
/// median of the weekday are taken away; what is left is measured by its median absolute deviation. Medians, so that
/// what stands out does not hide itself.
/// </summary>
public static class AnomalySearch
{
    /// <summary>The fewest days; of fewer nobody knows what is usual.</summary>
    public const int FewestDays = 14;

    /// <summary>Days before and after a day that it is compared with.</summary>
    private const int Around = 10;

    /// <summary>
    /// The least deviation: days that differ by so little (15 %) are all alike, however alike the others are.
    /// </summary>
    private const double LeastDeviation = 0.15;

    /// <summary>
    /// Of a weekday that has no use so often, neither use nor its absence is unusual; where it is nearly always, use
    /// is.
    /// </summary>
    private const double OftenNothing = 0.2,
        MostlyNothing = 0.75;

    /// <summary>The days that stand out, the most striking first.</summary>
    /// <param name="series">The days.</param>
    /// <param name="options">What counts.</param>
    /// <returns>None where there are fewer than 14 days to compare.</returns>
    public static IReadOnlyList<Anomaly> Find(DailySeries series, AnomalyOptions options)
    {
        var days = ComparedDays(series);
        if (days.Length < FewestDays)
            return [];
        var offset = Math.Max(
            decimal.ToDouble(options.LeastDifference),
            0.02 * Median.Of([.. days.Select(day => series.Amounts[day])])
        );
        var values = Array.ConvertAll(days, day => Math.Log(series.Amounts[day] + offset));
        var expected = Expected(days, values, [.. days.Select(day => series.Amounts[day] == 0)]);
        var rest = values.Zip(expected, static (value, usual) => value - usual).ToArray();
        var deviation = Math.Max(LeastDeviation, 1.4826 * Median.Of(Array.ConvertAll(rest, Math.Abs)));
        return
        [
            .. Enumerable
                .Range(0, days.Length)
                .Where(index => Math.Abs(rest[index]) >= options.Threshold * deviation)
                .Select(index => new Anomaly(
                    series.Start.AddDays(days[index]),
                    ForecastReport.Rounded(series.Amounts[days[index]]),
                    ForecastReport.Rounded(Math.Max(0, Math.Exp(expected[index]) - offset)),
                    decimal.Round((decimal)(rest[index] / deviation), 2)
                ))
                .Where(anomaly => Math.Abs(anomaly.Amount - anomaly.Expected) >= options.LeastDifference)
                .OrderByDescending(static anomaly => Math.Abs(anomaly.Score))
                .ThenBy(static anomaly => anomaly.Day),
        ];
    }

    /// <summary>
    /// All days; of a series that is mostly 0, those that have an amount: there a day without one is the usual.
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
        // Weekdays first, by what they are off the level; then the level again, without them.
        var level = Levels(values);
        for (var day = 0; day < 7 && days.Length >= 3 * 7; day++)
        {
            int[] same = [.. Enumerable.Range(0, days.Length).Where(index => days[index] % 7 == day)];
            // Of one or two days the median is themselves.
            if (same.Length < 3)
                continue;
            usuallyNothing[day] = same.Count(index => isNothing[index]) / (double)same.Length;
            weekday[day] = Median.Of([
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

    /// <summary>The median of the days around each; at the ends as many of them, on one side.</summary>
    private static double[] Levels(double[] values) =>
        [
            .. values.Select(
                (_, index) =>
                {
                    var first = Math.Clamp(index - Around, 0, Math.Max(0, values.Length - (2 * Around) - 1));
                    return Median.Of(values[first..Math.Min(values.Length, first + (2 * Around) + 1)]);
                }
            ),
        ];
}
