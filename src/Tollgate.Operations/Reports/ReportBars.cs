using Tollgate.Accounting.Usage;

namespace Tollgate.Operations.Reports;

/// <summary>The bars of the chart: gaps are days without usage, not days that are left out.</summary>
internal static class ReportBars
{
    public static IReadOnlyList<UsagePoint> Create(
        IReadOnlyList<UsagePoint> days,
        UsageBucket bucket,
        UsagePeriod period
    )
    {
        if (days.Count == 0)
            return [];
        var sums = days.GroupBy(day => bucket.FloorToBucket(day.Start, TimeZoneInfo.Utc))
            .ToDictionary(
                static group => group.Key,
                static group => group.Aggregate(new UsageTotals(), static (sum, day) => sum + day.Totals)
            );
        var (first, last) = (sums.Keys.Min(), sums.Keys.Max());
        // The whole period that was asked for, where the chart has room for it.
        if (period is { From: { } from, To: { } to } && bucket == UsageBucket.Day && (to - from).TotalDays <= 93)
            (first, last) = (
                bucket.FloorToBucket(from, TimeZoneInfo.Utc),
                bucket.FloorToBucket(to.AddTicks(-1), TimeZoneInfo.Utc)
            );
        var bars = new List<UsagePoint>();
        for (var at = first; at <= last; at = Next(at, bucket))
            bars.Add(new UsagePoint(at, sums.GetValueOrDefault(at) ?? new UsageTotals()));
        return bars;
    }

    private static DateTimeOffset Next(DateTimeOffset at, UsageBucket bucket) =>
        bucket switch
        {
            UsageBucket.Week => at.AddDays(7),
            UsageBucket.Month => at.AddMonths(1),
            _ => at.AddDays(1),
        };
}
