using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Operations.Collectors;

namespace Tollgate.Operations.Reconciliation;

/// <summary>Detects whether a period has lost records to a purge, which keeps their rollups.</summary>
internal static class PurgedRecords
{
    /// <summary>
    /// True if the rollups of the final days contain more tokens than their records. Later days may still grow during
    /// the check.
    /// </summary>
    public static async Task<bool> ExistAsync(
        UsageQuery query,
        IReadOnlyList<ReconciliationCell> cells,
        IReadOnlyList<string> providers,
        UsagePeriod period,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var end = DateOnly.FromDateTime(period.To!.Value.UtcDateTime);
        while (end > DateOnly.FromDateTime(period.From!.Value.UtcDateTime) && !DayCache.IsFinal(end.AddDays(-1), time))
            end = end.AddDays(-1);
        var settled = period with { To = new DateTimeOffset(end, TimeOnly.MinValue, TimeSpan.Zero) };
        if (settled.To <= settled.From)
            return false;

        var records = cells.Where(cell => cell.Key.Day < end).Sum(static cell => cell.Ledger.Usage.TotalTokens);
        var sums = 0L;
        foreach (var provider in providers)
            sums += (
                await query.TotalsAsync(
                    settled,
                    [UsageFilter.Equal(UsageDimension.Provider, provider)],
                    cancellationToken
                )
            )
                .Usage
                .TotalTokens;
        return sums > records;
    }
}
