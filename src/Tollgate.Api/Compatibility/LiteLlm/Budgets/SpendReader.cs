using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Usage.Summaries;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.LiteLlm.Budgets;

/// <summary>The recorded spend of all time.</summary>
internal sealed class SpendReader(Workspace workspace)
{
    private static readonly TimeRange AllTime = new()
    {
        From = DateTimeOffset.UnixEpoch,
        To = new DateTimeOffset(9000, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Zone = TimeZoneInfo.Utc,
    };

    /// <summary>Returns the spend in US dollars within a reach, under conditions.</summary>
    public async Task<decimal> ReadAsync(
        UsageReach reach,
        IReadOnlyList<UsageFilter> filters,
        CancellationToken cancellationToken
    )
    {
        var usage = new UsageOperations(workspace, reach);
        var result = await usage.SummarizeAsync(
            new SummaryRequest(new UsageScope(AllTime) { Filters = filters }),
            cancellationToken
        );
        return result.Totals.Totals.Cost.Usd;
    }

    /// <summary>Returns the spend in US dollars of each value of a dimension within a reach.</summary>
    public async Task<IReadOnlyDictionary<string, decimal>> ReadByAsync(
        UsageReach reach,
        UsageDimension dimension,
        CancellationToken cancellationToken
    )
    {
        var groups = await new UsageOperations(workspace, reach).GroupAsync(
            UsagePeriod.All,
            dimension,
            UsageRank.Cost,
            cancellationToken
        );
        return groups
            .Where(static group => group.Name is not null)
            .ToDictionary(static group => group.Name!, static group => group.CostUsd ?? 0, StringComparer.Ordinal);
    }
}
