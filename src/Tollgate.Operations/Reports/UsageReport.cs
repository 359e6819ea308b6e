using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;

namespace Tollgate.Operations.Reports;

/// <summary>The figures of a report, before they are drawn.</summary>
public sealed record UsageReport
{
    /// <summary>Longer tables end with one line for the rest: more pages would go unread.</summary>
    private const int MaxRows = 1000;

    /// <summary>The period.</summary>
    public required UsagePeriod Period { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The totals of the period.</summary>
    public required UsageTotals Totals { get; init; }

    /// <summary>The tables.</summary>
    public required IReadOnlyList<ReportSection> Sections { get; init; }

    /// <summary>The subject of one bar of the chart.</summary>
    public required UsageBucket Bucket { get; init; }

    /// <summary>A bar for each, also for those without usage.</summary>
    public required IReadOnlyList<UsagePoint> Bars { get; init; }

    internal static async Task<UsageReport> ReadAsync(
        UsageQuery query,
        UsagePeriod period,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var days = await query.SeriesAsync(
            period,
            UsageBucket.Day,
            TimeZoneInfo.Utc,
            cancellationToken: cancellationToken
        );
        var bucket = ChooseBucket(days);
        return new UsageReport
        {
            Period = period,
            MadeAt = now,
            Totals = await query.TotalsAsync(period, cancellationToken: cancellationToken),
            Sections =
            [
                new ReportSection(
                    "By model",
                    "Model",
                    await RowsAsync(query, period, UsageDimension.Model, cancellationToken)
                ),
                new ReportSection(
                    "By project",
                    "Project",
                    await RowsAsync(query, period, UsageDimension.Project, cancellationToken)
                ),
                new ReportSection(
                    "By user",
                    "User",
                    await RowsAsync(query, period, UsageDimension.User, cancellationToken)
                ),
            ],
            Bucket = bucket,
            Bars = ReportBars.Create(days, bucket, period),
        };
    }

    /// <summary>Makes the bars distinguishable.</summary>
    private static UsageBucket ChooseBucket(IReadOnlyList<UsagePoint> days) =>
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
        CancellationToken cancellationToken
    )
    {
        var groups = await query.GroupAsync(period, by, UsageRank.Cost, cancellationToken: cancellationToken);
        var rows = groups.Take(MaxRows).Select(static group => new ReportRow(group.Name ?? "(none)", group.Totals));
        if (groups.Count <= MaxRows)
            return [.. rows];
        var others = groups.Skip(MaxRows).Aggregate(new UsageTotals(), static (sum, group) => sum + group.Totals);
        return [.. rows, new ReportRow($"({groups.Count - MaxRows} others)", others)];
    }
}

/// <summary>One table.</summary>
public sealed record ReportSection(string Title, string NameTitle, IReadOnlyList<ReportRow> Rows);

/// <summary>One line of a table.</summary>
public sealed record ReportRow(string Name, UsageTotals Totals);
