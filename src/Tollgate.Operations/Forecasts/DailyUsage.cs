using System.Runtime.CompilerServices;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;

namespace Tollgate.Operations.Forecasts;

/// <summary>The cost of each day, from the ledger's rollups. Days are in a given time zone.</summary>
internal sealed class DailyUsage(UsageQuery query, TimeZoneInfo zone)
{
    /// <summary>
    /// Days and amounts in US dollars by group name; a single unnamed group if there is no dimension.
    /// </summary>
    public async Task<IReadOnlyList<(string? Name, IReadOnlyList<(DateOnly Day, decimal Amount)> Days)>> ReadAsync(
        UsagePeriod period,
        UsageDimension? by,
        IReadOnlyList<UsageFilter> where,
        CancellationToken cancellationToken
    )
    {
        var sums = await SlotsAsync(period, by, where, cancellationToken);
        return
        [
            .. sums.GroupBy(static sum => sum.Name)
                .OrderBy(static group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, Days(group.Select(static sum => (sum.Slot, sum.Amount))))),
        ];
    }

    /// <summary>Slots of 15 minutes and amounts in US dollars, with the name of the group; in no order.</summary>
    public async Task<IEnumerable<(string? Name, DateTimeOffset Slot, decimal Amount)>> SlotsAsync(
        UsagePeriod period,
        UsageDimension? by,
        IReadOnlyList<UsageFilter> where,
        CancellationToken cancellationToken
    )
    {
        var sums = await query.SumAsync(
            new UsageSumQuery
            {
                Period = period,
                Where = where,
                By = by is { } dimension ? [dimension] : [],
                BySlot = true,
            },
            cancellationToken
        );
        return sums.Select(static sum =>
            (sum.Names.Count == 0 ? null : sum.Names[0], sum.Slot!.Value, sum.Totals.Cost.Usd)
        );
    }

    /// <summary>
    /// The calls with a scope's tag: their keys, slots and costs in US dollars. Unpriced usage counts as 0 here.
    /// </summary>
    public async IAsyncEnumerable<(string? Key, DateTimeOffset Slot, decimal Amount)> CallsAsync(
        UsagePeriod period,
        BudgetScope scope,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var selection = new UsageSelection
        {
            Period = period,
            Where = scope.Conditions,
            Order = UsageOrder.OldestFirst,
        };
        await foreach (var record in query.ReadAsync(selection, cancellationToken))
        {
            if (
                record.Cost is not { } cost
                || !new LimitSubject(record.Attribution, record.Provider, record.Model).Matches(
                    LimitDimension.Tag,
                    scope.Tag!
                )
            )
                continue;
            yield return (record.Attribution.KeyId, UsageSlot.Floor(record.StartedAt), cost.Usd);
        }
    }

    /// <summary>The days of slots, in order.</summary>
    public IReadOnlyList<(DateOnly Day, decimal Amount)> Days(
        IEnumerable<(DateTimeOffset Slot, decimal Amount)> slots
    ) =>
        [
            .. slots
                .GroupBy(slot => ToDay(slot.Slot))
                .OrderBy(static day => day.Key)
                .Select(static day => (day.Key, day.Sum(static slot => slot.Amount))),
        ];

    /// <summary>The period of whole days.</summary>
    public UsagePeriod Between(DateOnly first, DateOnly end) => new(GetStart(first), GetStart(end));

    public DateOnly ToDay(DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    private DateTimeOffset GetStart(DateOnly day) => UsageBuckets.Midnight(day.ToDateTime(TimeOnly.MinValue), zone);
}
