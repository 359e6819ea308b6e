namespace Tollgate.Analytics.Workloads;

/// <summary>
/// How usage is distributed over the 168 hours of a week. It matters to plans with hourly prices or capacity.
/// </summary>
public sealed record WeekProfile
{
    /// <summary>Weeks in a month: one twelfth of a mean Gregorian year.</summary>
    public const double WeeksPerMonth = 365.2425 / 7 / 12;

    private const int Days = 7;
    private const int Hours = 24;

    /// <summary>The same in every hour.</summary>
    public static WeekProfile Even { get; } = new();

    /// <summary>Weights of the days, starting on Monday; they do not have to add up to a particular sum.</summary>
    public IReadOnlyList<double> Weekdays { get; init; } = Enumerable.Repeat(1.0, Days).ToArray();

    /// <summary>Weights of the hours, starting at midnight.</summary>
    public IReadOnlyList<double> HoursOfDay { get; init; } = Enumerable.Repeat(1.0, Hours).ToArray();

    /// <summary>The share of a week's usage in each hour, starting with the first of Monday.</summary>
    internal IEnumerable<double> Shares
    {
        get
        {
            var sum = Weekdays.Sum() * HoursOfDay.Sum();
            return Weekdays.SelectMany(day => HoursOfDay.Select(hour => day * hour / sum));
        }
    }

    internal void Check(InputValidator check)
    {
        CheckWeights(check, "weekdays", Weekdays, Days);
        CheckWeights(check, "hoursOfDay", HoursOfDay, Hours);
    }

    private static void CheckWeights(InputValidator check, string field, IReadOnlyList<double> weights, int count)
    {
        check.Require(weights.Count == count, field, $"must have {count} weights, but has {weights.Count}");
        for (var i = 0; i < weights.Count; i++)
            check.NotNegative($"{field}[{i}]", weights[i]);
        check.Require(weights.Sum() > 0, field, "must have a weight above 0");
    }
}
