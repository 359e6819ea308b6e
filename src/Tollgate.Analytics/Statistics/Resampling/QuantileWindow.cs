namespace Tollgate.Analytics.Statistics.Resampling;

/// <summary>
/// The values that can be a quantile's value in any resample: those within seven deviations of its rank. The
/// probability that it lies outside is less than 1e-11 per resample; in that case, the end is used.
/// </summary>
internal sealed class QuantileWindow
{
    private const double Deviations = 7;

    private QuantileWindow(double[] values, int[] trials) => (Values, Trials) = (values, trials);

    /// <summary>The value at the lower end; all values that are not above it count as it.</summary>
    public required double Low { get; init; }

    /// <summary>The value at the upper end; all values that are not below it count as it.</summary>
    public required double High { get; init; }

    /// <summary>The position of the quantile in a sorted resample, counted from 0 (type 7).</summary>
    public required double Rank { get; init; }

    /// <summary>The values between both ends, in ascending order.</summary>
    public double[] Values { get; }

    /// <summary>The trials that have those values.</summary>
    public int[] Trials { get; }

    /// <summary>The window of a quantile.</summary>
    /// <param name="column">The sample, by trial.</param>
    /// <param name="sorted">The same, in ascending order.</param>
    /// <param name="probability">The quantile's probability.</param>
    public static QuantileWindow Create(ReadOnlySpan<double> column, ReadOnlySpan<double> sorted, double probability)
    {
        var rank = (column.Length - 1) * probability;
        // Eight more ranks, since the distribution of a rank is not normal near the ends.
        var reach = Deviations * Math.Sqrt(column.Length * probability * (1 - probability)) + 8;
        var low = sorted[(int)Math.Max(0, rank - reach)];
        var high = sorted[(int)Math.Min(column.Length - 1, rank + reach + 1)];
        var trials = new List<int>();
        for (var trial = 0; trial < column.Length; trial++)
            if (column[trial] > low && column[trial] < high)
                trials.Add(trial);
        var values = new double[trials.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = column[trials[i]];
        var places = trials.ToArray();
        Array.Sort(values, places);
        return new QuantileWindow(values, places)
        {
            Low = low,
            High = high,
            Rank = rank,
        };
    }
}
