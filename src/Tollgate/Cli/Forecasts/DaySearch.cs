using System.Globalization;
using Tollgate.Analytics.Anomalies;
using Tollgate.Analytics.Forecasting;

namespace Tollgate.Cli.Forecasts;

/// <summary>A day with unusual cost, and its group.</summary>
internal sealed record FoundDay(string Of, Anomaly Anomaly, string Words);

/// <summary>Finds such days for all calls and for each group.</summary>
/// <param name="end">The first day after the current one, which is not over and so is never too low.</param>
/// <param name="threshold">The minimum score.</param>
/// <param name="least">The minimum difference in US dollars.</param>
internal sealed class DaySearch(DateOnly end, decimal threshold, decimal least)
{
    private readonly List<FoundDay> _found = [];
    private decimal _usualDay;

    /// <summary>The days found, most unusual first.</summary>
    public IReadOnlyList<FoundDay> Found =>
        [
            .. _found
                .OrderByDescending(static one => Math.Abs(one.Anomaly.Score))
                .ThenBy(static one => one.Anomaly.Day)
                .ThenBy(static one => one.Of, StringComparer.Ordinal),
        ];

    /// <summary>The groups with too few days.</summary>
    public List<string> TooShort { get; } = [];

    public void AddTotal(IReadOnlyList<(string? Name, IReadOnlyList<(DateOnly Day, decimal Amount)> Days)> sums)
    {
        if (sums.Count == 0)
        {
            TooShort.Add("total");
            return;
        }

        var ordered = sums[0].Days.Select(static day => day.Amount).Order().ToArray();
        _usualDay = ordered[ordered.Length / 2];
        Add("total", "All calls", sums[0].Days, least);
    }

    public void AddGroups(
        string by,
        IReadOnlyList<(string? Name, IReadOnlyList<(DateOnly Day, decimal Amount)> Days)> groups
    )
    {
        // Changes of a key below a hundredth of the total are ignored.
        foreach (var (name, days) in groups)
            if (name is not null)
                Add(name, $"{char.ToUpperInvariant(by[0])}{by[1..]} {name}", days, Math.Max(least, _usualDay / 100));
    }

    private void Add(
        string of,
        string whom,
        IReadOnlyList<(DateOnly Day, decimal Amount)> days,
        decimal leastDifference
    )
    {
        var series = DailySeries.Of(days, end);
        if (series.Length < AnomalySearch.FewestDays)
            TooShort.Add(of);
        var options = new AnomalyOptions { Threshold = decimal.ToDouble(threshold), LeastDifference = leastDifference };
        foreach (var anomaly in AnomalySearch.Find(series, options))
            if (anomaly.Score > 0 || anomaly.Day.AddDays(1) < end)
                _found.Add(new FoundDay(of, anomaly, Words(whom, anomaly)));
    }

    private static string Words(string whom, Anomaly anomaly)
    {
        var times =
            anomaly.Expected <= 0 || anomaly.Amount <= 0 ? null
            : anomaly.Score > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{anomaly.Amount / anomaly.Expected:0.0} times")
            : string.Create(CultureInfo.InvariantCulture, $"{anomaly.Amount / anomaly.Expected * 100:0.#} % of");
        var instead = $"the {ForecastText.Amount(anomaly.Expected)} that such a {anomaly.Day.DayOfWeek} has";
        return $"{ForecastText.Day(anomaly.Day)}: {whom} used {ForecastText.Amount(anomaly.Amount)} USD, "
            + $"{(times is null ? "instead of" : times)} {instead}.";
    }
}
