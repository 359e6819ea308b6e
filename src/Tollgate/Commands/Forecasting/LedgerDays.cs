using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Stores;

namespace Tollgate.Commands.Forecasting;

/// <summary>What each day cost, from the ledger's kept sums. Days are those of a time zone.</summary>
internal sealed class LedgerDays(UsageQuery query, TimeZoneInfo zone)
{
    /// <summary>Days and amounts in US dollars by the name of the group; one group of no name where there is no dimension.</summary>
    public async Task<IReadOnlyList<(string? Name, IReadOnlyList<(DateOnly Day, decimal Amount)> Days)>> ReadAsync(
        UsagePeriod period, UsageDimension? by, IReadOnlyList<DimensionValue> where, CancellationToken cancellation)
    {
        var sums = await query.SumAsync(new UsageSumQuery { Period = period, Where = where, By = by is { } dimension ? [dimension] : [], BySlot = true }, cancellation);
        return
        [
            .. sums.GroupBy(static sum => sum.Names.Count == 0 ? null : sum.Names[0]).OrderBy(static group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, (IReadOnlyList<(DateOnly, decimal)>)
                    [.. group.GroupBy(sum => DayOf(sum.Slot!.Value)).OrderBy(static day => day.Key).Select(static day => (day.Key, day.Sum(static sum => sum.Totals.Cost.Usd)))])),
        ];
    }

    /// <summary>The period of whole days.</summary>
    public UsagePeriod Between(DateOnly first, DateOnly end) => new(StartOf(first), StartOf(end));

    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    private DateTimeOffset StartOf(DateOnly day) => UsageBuckets.Midnight(day.ToDateTime(TimeOnly.MinValue), zone);
}
