using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;

namespace Tollgate.Delivery.Pdf;

/// <summary>The figures of a report, before they are drawn.</summary>
internal sealed record UsageReport
{
    /// <summary>Longer tables end with one line for the rest: nobody reads more pages.</summary>
    private const int MostRows = 1000;

    public required UsagePeriod Period { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public required UsageTotals Totals { get; init; }

    public required IReadOnlyList<ReportSection> Sections { get; init; }

    /// <summary>What one bar of the chart is for.</summary>
    public required UsageBucket Bucket { get; init; }

    /// <summary>A bar for each, also for those without usage.</summary>
    public required IReadOnlyList<UsagePoint> Bars { get; init; }

    public static async Task<UsageReport> ReadAsync(
        UsageQuery query,
        UsagePeriod period,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var days = await query.SeriesAsync(period, UsageBucket.Day, TimeZoneInfo.Utc, cancellation: cancellation);
        var bucket = BucketOf(days);
        return new UsageReport
        {
            Period = period,
            MadeAt = now,
            Totals = await query.TotalsAsync(period, cancellation: cancellation),
            Sections =
            [
                new ReportSection(
                    "By model",
                    "Model",
                    await RowsAsync(query, period, UsageDimension.Model, cancellation)
                ),
                new ReportSection(
                    "By project",
                    "Project",
                    await RowsAsync(query, period, UsageDimension.Project, cancellation)
                ),
                new ReportSection("By user", "User", await RowsAsync(query, period, UsageDimension.User, cancellation)),
            ],
            Bucket = bucket,
            Bars = ReportBars.Of(days, bucket, period),
        };
    }

    /// <summary>So that the bars can be told apart.</summary>
    private static UsageBucket BucketOf(IReadOnlyList<UsagePoint> days) =>
        days.Count == 0
            ? UsageBucket.Day
            : (days[^1].Start - days[0].Start).TotalDays switch
            {
                <= 92 => UsageBucket.Day,
                <= 700 => UsageBucket.Week,
                _ => UsageBucket.Month,
            };

    private static async Task<IReadOnlyList<ReportRow>> RowsAsync(
        UsageQuery query,
        UsagePeriod period,
        UsageDimension by,
        CancellationToken cancellation
    )
    {
        var groups = await query.GroupAsync(period, by, UsageRank.Cost, cancellation);
        var rows = groups.Take(MostRows).Select(static group => new ReportRow(group.Name ?? "(none)", group.Totals));
        if (groups.Count <= MostRows)
            return [.. rows];
        var others = groups.Skip(MostRows).Aggregate(new UsageTotals(), static (sum, group) => sum + group.Totals);
        return [.. rows, new ReportRow($"({groups.Count - MostRows} others)", others)];
    }
}

/// <summary>One table.</summary>
internal sealed record ReportSection(string Title, string NameTitle, IReadOnlyList<ReportRow> Rows);

/// <summary>One line of a table.</summary>
internal sealed record ReportRow(string Name, UsageTotals Totals);
