namespace Tollgate.Analytics.Forecasting;

/// <summary>Amounts of consecutive days, without gaps.</summary>
public sealed class DailySeries
{
    private readonly double[] _amounts;

    private DailySeries(DateOnly start, double[] amounts) => (Start, _amounts) = (start, amounts);

    /// <summary>The first day.</summary>
    public DateOnly Start { get; }

    /// <summary>The first day after the series.</summary>
    public DateOnly End => Start.AddDays(_amounts.Length);

    /// <summary>The days.</summary>
    public int Length => _amounts.Length;

    /// <summary>
    /// One amount per day, none below 0, as binary floating-point: for estimates, not for accounting.
    /// </summary>
    public ReadOnlySpan<double> Amounts => _amounts;

    /// <summary>
    /// Creates the series from the first day with an amount up to a given day. Days without an amount are 0, as are
    /// days that corrections make negative; amounts of the same day are added up.
    /// </summary>
    /// <param name="days">Days and amounts in any order.</param>
    /// <param name="end">
    /// The first day after the series; null means the day after the last one given. Later days are ignored.
    /// </param>
    /// <param name="start">
    /// The first day of the series, even if it has no amount; null means the first day with one. Earlier days are
    /// ignored.
    /// </param>
    /// <exception cref="ArgumentException">The days are more than a hundred years apart.</exception>
    public static DailySeries FromDays(
        IEnumerable<(DateOnly Day, decimal Amount)> days,
        DateOnly? end = null,
        DateOnly? start = null
    )
    {
        var sums = new SortedDictionary<DateOnly, decimal>();
        foreach (var (day, amount) in days)
            if ((end is not { } last || day < last) && (start is not { } earliest || day >= earliest))
                sums[day] = sums.GetValueOrDefault(day) + amount;
        var stop = end ?? (sums.Count == 0 ? start ?? default : sums.Keys.Last().AddDays(1));
        // If no day has an amount, the series is empty.
        var begin = start ?? sums.FirstOrDefault(static pair => pair.Value > 0, new(stop, 0)).Key;
        var length = Math.Max(0, stop.DayNumber - begin.DayNumber);
        if (length > 36_600)
            throw new ArgumentException(
                $"The days range from {begin:yyyy-MM-dd} to {stop:yyyy-MM-dd}, which is more than a hundred years. "
                    + $"Check the dates.",
                nameof(days)
            );
        var amounts = new double[length];
        foreach (var (day, amount) in sums)
            if (day >= begin && day < stop)
                amounts[day.DayNumber - begin.DayNumber] = Math.Max(0, decimal.ToDouble(amount));
        return new DailySeries(begin, amounts);
    }

    /// <summary>The series without its last days.</summary>
    internal DailySeries Take(int days) => new(Start, _amounts[..days]);
}
