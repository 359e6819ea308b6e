namespace Tollgate.Analytics.Statistics.Resampling;

/// <summary>
/// The values among which a quantile's value lies in any resample: those within seven deviations of its rank. That it
/// lies beyond them has a probability of less than 1e-11 a resample; the end stands for it then.
/// </summary>
internal sealed class QuantileWindow
{
    private const double Deviations = 7;

    private QuantileWindow(double[] values, int[] trials) => (Values, Trials) = (values, trials);

    /// <summary>The value at the lower end; all that is not above it counts as it.</summary>
    public required double Low { get; init; }

    /// <summary>The value at the upper end; all that is not below it counts as it.</summary>
    public required double High { get; init; }

    /// <summary>Where the quantile stands in a sorted resample, counted from 0 (type 7).</summary>
    public required double Rank { get; init; }

    /// <summary>The values between both ends, upwards.</summary>
    public double[] Values { get; }

    /// <summary>The trials that have those values.</summary>
    public int[] Trials { get; }

    /// <summary>The window of a quantile.</summary>
    /// <param name="column">The sample, by trial.</param>
    /// <param name="sorted">The same, sorted.</param>
    /// <param name="probability">The quantile's probability.</param>
    public static QuantileWindow Of(ReadOnlySpan<double> column, ReadOnlySpan<double> sorted, double probability)
    {
        var rank = (column.Length - 1) * probability;
        // Eight ranks more, since the law of a rank is not normal near the ends.
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
