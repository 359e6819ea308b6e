using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;

namespace Tollgate.Operations.Usage.Scopes;

/// <summary>Finds the part of a period, at one of its ends, that has a limited number of records.</summary>
/// <param name="usage">The ledger, including what is out of the caller's reach: all of it is read.</param>
/// <param name="order">From the end of the period if newest first, otherwise from its start.</param>
internal sealed class PeriodPartFinder(UsageQuery usage, UsageOrder order)
{
    private readonly bool _isLatest = order == UsageOrder.NewestFirst;

    /// <summary>
    /// Returns the part of a period, at its end or at its start, that has at most so many records: all of it, or up to
    /// one of its quarters of an hour. A single quarter of an hour may have more.
    /// </summary>
    /// <param name="period">The period, which has both ends.</param>
    /// <param name="max">The maximum number of records.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<UsagePeriod> FindAsync(UsagePeriod period, long max, CancellationToken cancellationToken)
    {
        var (from, to) = (period.From!.Value, period.To!.Value);
        if (from >= to)
            return period;
        IReadOnlyList<DateTimeOffset> edges = [.. UsageBucket.Day.EdgesBetween(from, to, TimeZoneInfo.Utc)];
        var query = new UsageSumQuery { Edges = edges, Content = UsageSumContent.CallsAndCost };
        var days = (await usage.SumAsync(query, cancellationToken)).ToDictionary(
            static day => day.Slot!.Value,
            static day => day.Totals.Calls
        );
        var left = max;
        // Days first, of which a year has few, and the quarters of an hour of only one of them.
        for (var i = 0; i + 1 < edges.Count; i++)
        {
            var day = _isLatest ? edges.Count - 2 - i : i;
            var calls = days.GetValueOrDefault(edges[day]);
            if (calls > left)
                return Cut(
                    period,
                    await FindInDayAsync(
                        new UsagePeriod(edges[day], edges[day + 1]),
                        (
                            left,
                            left < max
                                ? _isLatest
                                    ? edges[day + 1]
                                    : edges[day]
                                : null
                        ),
                        cancellationToken
                    )
                );
            left -= calls;
        }

        return period;
    }

    /// <param name="day">The period whose quarters of an hour are read.</param>
    /// <param name="rest">The number of records left, and the bound found so far, if any.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    private async Task<UsagePeriod> FindInDayAsync(
        UsagePeriod day,
        (long Left, DateTimeOffset? Bound) rest,
        CancellationToken cancellationToken
    )
    {
        var slots = await usage.SumAsync(
            new UsageSumQuery
            {
                Period = day,
                BySlot = true,
                Content = UsageSumContent.CallsAndCost,
            },
            cancellationToken
        );
        var sorted = _isLatest
            ? slots.OrderByDescending(static slot => slot.Slot)
            : slots.OrderBy(static slot => slot.Slot);
        var (left, bound) = rest;
        foreach (var slot in sorted)
        {
            left -= slot.Totals.Calls;
            if (left < 0 && bound is not null)
                break;
            bound = _isLatest ? slot.Slot : slot.Slot + UsageSlot.Length;
        }

        return _isLatest ? new UsagePeriod(bound, null) : new UsagePeriod(null, bound);
    }

    /// <summary>Cuts a period at the bound of its part.</summary>
    private UsagePeriod Cut(UsagePeriod period, UsagePeriod part) =>
        _isLatest
            ? period with
            {
                From = part.From > period.From ? part.From : period.From,
            }
            : period with
            {
                To = part.To < period.To ? part.To : period.To,
            };
}
