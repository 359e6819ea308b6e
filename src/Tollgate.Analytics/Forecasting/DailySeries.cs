namespace Tollgate.Analytics.Forecasting;

/// <summary>Amounts of days that follow one another without a gap.</summary>
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

    /// <summary>One amount a day, none below 0, as binary numbers: for estimates, not for the books.</summary>
    public ReadOnlySpan<double> Amounts => _amounts;

    /// <summary>
    /// The series from the first day that has an amount, up to a day. Days without one are 0, and so is a day that
    /// corrections make negative; a day given twice is added up.
    /// </summary>
    /// <param name="days">Days and amounts in any order.</param>
    /// <param name="end">The first day after the series; null is the day after the last one given. What is later is
    /// left out.</param>
    /// <param name="start">The first day of the series, also where it has no amount; null is the first day with one.
    /// What is earlier is left out.</param>
    /// <exception cref="ArgumentException">The days are more than a hundred years apart.</exception>
    public static DailySeries Of(
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
        // Where no day has an amount, the series has no day.
        var begin = start ?? sums.FirstOrDefault(static pair => pair.Value > 0, new(stop, 0)).Key;
        var length = Math.Max(0, stop.DayNumber - begin.DayNumber);
        if (length > 36_600)
            throw new ArgumentException(
                $"The days run from {begin:yyyy-MM-dd} to {stop:yyyy-MM-dd}, more than a hundred years. Check the "
                    + $"dates.",
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
