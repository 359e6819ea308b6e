using Tollgate.Accounting.Usage;
using Tollgate.Analytics.Anomalies;
using Tollgate.Operations.Forecasts;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Anomalies;

/// <summary>A search for days with unusual cost.</summary>
public sealed record AnomalyRequest
{
    /// <summary>The maximum number of days to compare.</summary>
    public const int MaxDays = 366;

    /// <summary>The groups to check in addition to all calls.</summary>
    public UsageDimension By { get; init; } = UsageDimension.Key;

    /// <summary>The number of days to compare, including the current one.</summary>
    public int Days { get; init; } = 60;

    /// <summary>The minimum score, in robust deviations from the usual value, from 1 to 1000.</summary>
    public decimal MinScore { get; init; } = 4;

    /// <summary>
    /// The minimum difference in US dollars; for a group also at least 1 % of a usual day of all calls.
    /// </summary>
    public decimal MinDifference { get; init; } = 0.01m;

    /// <summary>The time zone of days.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
}

/// <summary>The days with unusual cost.</summary>
/// <param name="Days">The days, most unusual first.</param>
/// <param name="SkippedGroups">The groups with too few days of data.</param>
public sealed record AnomalyResult(IReadOnlyList<AnomalousDay> Days, IReadOnlyList<string> SkippedGroups);

/// <summary>Finds days with unusual cost.</summary>
/// <param name="workspace">The ledger.</param>
public sealed class AnomalyOperations(Workspace workspace)
{
    /// <summary>Finds such days for all calls and for each group.</summary>
    /// <exception cref="OperationException">A number is out of range.</exception>
    /// <exception cref="FileNotFoundException">There is no ledger in the folder.</exception>
    public async Task<AnomalyResult> FindAsync(AnomalyRequest request, CancellationToken cancellationToken)
    {
        FieldRules.RequireRange("days", request.Days, AnomalyDetector.MinDays, AnomalyRequest.MaxDays);
        FieldRules.RequireRange("min_score", request.MinScore, 1, 1000);
        FieldRules.RequireRange("min_difference", request.MinDifference, 0.000001m, 1_000_000_000);
        var usage = new DailyUsage(workspace.OpenQuery(), request.Zone);
        var end = usage.ToDay(workspace.Now).AddDays(1);
        var period = usage.Between(end.AddDays(-request.Days), end);
        var finder = new GroupAnomalies(end, request.MinScore, request.MinDifference);
        finder.AddTotal(await usage.ReadAsync(period, by: null, [], cancellationToken));
        finder.AddGroups(
            request.By.ToString().ToLowerInvariant(),
            await usage.ReadAsync(period, request.By, [], cancellationToken)
        );
        return new AnomalyResult(finder.Found, finder.SkippedGroups);
    }
}
