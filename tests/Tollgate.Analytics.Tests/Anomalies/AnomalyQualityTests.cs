using Tollgate.Analytics.Anomalies;
using Tollgate.Analytics.Flows.Generation;
using Tollgate.Analytics.Tests.Forecasting;

namespace Tollgate.Analytics.Tests.Anomalies;

/// <summary>What docs/forecasting.md states of anomalies: days are made to stand out, and looked for.</summary>
public sealed class AnomalyQualityTests(ITestOutputHelper output)
{
    private const int Seeds = 200,
        Days = 60;

    [Theory]
    [InlineData("structured", "spikes of 3 to 6 times", 3, 6)]
    [InlineData("structured", "spikes of 2 to 3 times", 2, 3)]
    [InlineData("structured", "drops to 5 to 25 %", 0.05, 0.25)]
    [InlineData("wandering", "spikes of 3 to 6 times", 3, 6)]
    [InlineData("wandering", "drops to 5 to 25 %", 0.05, 0.25)]
    public void Injected_days_are_found_and_few_others(string kind, string what, double least, double most)
    {
        var (found, missed, wrong) = (0, 0, 0);
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var random = new SeededStream(seed * 31);
            var amounts =
                kind == "structured"
                    ? GeneratedSeries.Structured(seed * 104729, Days)
                    : GeneratedSeries.Wandering(seed * 104729, Days);
            var injected = new HashSet<int>();
            while (injected.Count < 2)
                injected.Add((int)random.Next(Days));
            foreach (var day in injected.ToArray())
            {
                // A day without use cannot be made to stand out by a factor.
                if (amounts[day] == 0)
                    injected.Remove(day);
                amounts[day] *= least + ((most - least) * random.NextDouble());
            }

            var days = AnomalyDetector
                .Find(amounts.ToSeries(), new AnomalyOptions())
                .Select(static anomaly => anomaly.Day.DayNumber - GeneratedSeries.Start.DayNumber)
                .ToHashSet();
            // Days that the series itself leaves empty do stand out: they are no error, and no find.
            days.RemoveWhere(day => amounts[day] == 0);
            found += days.Count(injected.Contains);
            missed += injected.Count(day => !days.Contains(day));
            wrong += days.Count(day => !injected.Contains(day));
        }

        var (precision, recall) = ((double)found / (found + wrong), (double)found / (found + missed));
        output.WriteLine($"{kind}, {what}: precision {precision:P1}, recall {recall:P1}");
        precision.ShouldBeGreaterThan(0.85);
        recall.ShouldBeGreaterThan(least == 2 ? 0.5 : 0.85);
    }

    [Theory]
    [InlineData("structured")]
    [InlineData("wandering")]
    public void Where_nothing_was_injected_there_is_less_than_one_false_alarm_in_two_months(string kind)
    {
        var alarms = 0;
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var amounts =
                kind == "structured"
                    ? GeneratedSeries.Structured(seed * 104729, Days)
                    : GeneratedSeries.Wandering(seed * 104729, Days);
            alarms += AnomalyDetector
                .Find(amounts.ToSeries(), new AnomalyOptions())
                .Count(static anomaly => anomaly.Amount > 0);
        }

        output.WriteLine($"{kind}: {(double)alarms / Seeds:0.000} false alarms in {Days} days");
        ((double)alarms / Seeds).ShouldBeLessThan(0.3);
    }
}
