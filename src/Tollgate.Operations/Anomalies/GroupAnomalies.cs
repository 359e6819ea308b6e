using System.Globalization;
using Tollgate.Analytics.Anomalies;
using Tollgate.Analytics.Forecasting;
using Tollgate.Operations.Text;

namespace Tollgate.Operations.Anomalies;

/// <summary>A day with unusual cost.</summary>
/// <param name="Day">The day.</param>
/// <param name="Group">The group; <c>total</c> for all calls.</param>
/// <param name="Amount">Its cost in US dollars.</param>
/// <param name="Expected">The cost that such a weekday usually has, in US dollars.</param>
/// <param name="Score">The distance in robust deviations; negative if the cost is low.</param>
/// <param name="Explanation">The same as a sentence.</param>
public sealed record AnomalousDay(
    DateOnly Day,
    string Group,
    decimal Amount,
    decimal Expected,
    decimal Score,
    string Explanation
);

/// <summary>Finds such days for all calls and for each group.</summary>
/// <param name="end">The first day after the current one, which is not over and so is never too low.</param>
/// <param name="threshold">The minimum score.</param>
/// <param name="least">The minimum difference in US dollars.</param>
internal sealed class GroupAnomalies(DateOnly end, decimal threshold, decimal least)
{
    private readonly List<AnomalousDay> _found = [];
    private decimal _typicalDayTotal;

    /// <summary>The days found, most unusual first.</summary>
    public IReadOnlyList<AnomalousDay> Found =>
        [
            .. _found
                .OrderByDescending(static one => Math.Abs(one.Score))
                .ThenBy(static one => one.Day)
                .ThenBy(static one => one.Group, StringComparer.Ordinal),
        ];

    /// <summary>The groups with too few days.</summary>
    public List<string> SkippedGroups { get; } = [];

    public void AddTotal(IReadOnlyList<(string? Name, IReadOnlyList<(DateOnly Day, decimal Amount)> Days)> sums)
    {
        if (sums.Count == 0)
        {
            SkippedGroups.Add("total");
            return;
        }

        var ordered = sums[0].Days.Select(static day => day.Amount).Order().ToArray();
        _typicalDayTotal = ordered[ordered.Length / 2];
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
                Add(
                    name,
                    $"{char.ToUpperInvariant(by[0])}{by[1..]} {name}",
                    days,
                    Math.Max(least, _typicalDayTotal / 100)
                );
    }

    private void Add(
        string group,
        string subject,
        IReadOnlyList<(DateOnly Day, decimal Amount)> days,
        decimal leastDifference
    )
    {
        var series = DailySeries.FromDays(days, end);
        if (series.Length < AnomalyDetector.MinDays)
            SkippedGroups.Add(group);
        var options = new AnomalyOptions { MinScore = decimal.ToDouble(threshold), MinDifference = leastDifference };
        foreach (var anomaly in AnomalyDetector.Find(series, options))
            if (anomaly.Score > 0 || anomaly.Day.AddDays(1) < end)
                _found.Add(
                    new AnomalousDay(
                        anomaly.Day,
                        group,
                        anomaly.Amount,
                        anomaly.Expected,
                        anomaly.Score,
                        Explain(subject, anomaly)
                    )
                );
    }

    private static string Explain(string subject, Anomaly anomaly)
    {
        var times =
            anomaly.Expected <= 0 || anomaly.Amount <= 0 ? null
            : anomaly.Score > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{anomaly.Amount / anomaly.Expected:0.0} times")
            : string.Create(CultureInfo.InvariantCulture, $"{anomaly.Amount / anomaly.Expected * 100:0.#} % of");
        var instead = $"the {FigureText.Amount(anomaly.Expected)} that such a {anomaly.Day.DayOfWeek} has";
        return $"{FigureText.Day(anomaly.Day)}: {subject} used {FigureText.Amount(anomaly.Amount)} USD, "
            + $"{(times is null ? "instead of" : times)} {instead}.";
    }
}
