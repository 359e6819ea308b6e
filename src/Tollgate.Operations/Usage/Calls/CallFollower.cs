using System.Runtime.CompilerServices;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Usage.Calls;

/// <summary>
/// Follows the records as they are written, by whichever gateway. Each second it reads the records that started within
/// the last minute, and at times those of long calls, and returns the ones that it has not returned yet.
/// </summary>
/// <param name="openAsync">Opens the ledger as the caller sees it at that time.</param>
/// <param name="where">The conditions, all of which must hold.</param>
/// <param name="time">The clock.</param>
internal sealed class CallFollower(
    Func<CancellationToken, Task<UsageQuery>> openAsync,
    IReadOnlyList<UsageFilter> where,
    TimeProvider time
)
{
    private const int MaxRecent = 1000;
    private const int MaxLong = 200;
    private const int LooksUntilLong = 10;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongPeriod = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongDuration = TimeSpan.FromSeconds(30);

    private readonly Dictionary<CallId, DateTimeOffset> _seen = [];

    /// <summary>Returns new records until it is canceled, an empty list if there are none.</summary>
    /// <param name="since">The end of the first record to return; null for what is written from now on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<LiveCalls> FollowAsync(
        DateTimeOffset? since,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var isFirst = true;
        for (var look = 0; ; look++)
        {
            var now = time.GetUtcNow();
            var from = now - Recent;
            if (isFirst && since is { } start && start - Recent < from)
                from = Max(start - Recent, now - LongPeriod);
            var (found, hasGap) = await ReadAsync(from, look % LooksUntilLong == 0, cancellationToken);
            var fresh = found.Where(record => _seen.TryAdd(record.Id, record.StartedAt)).OrderBy(EndOf);
            // Earlier calls are not live.
            var calls = fresh.Where(record => !isFirst || EndOf(record) > since).Select(CallEntry.Create).ToList();
            yield return new LiveCalls(calls, hasGap && !(isFirst && since is null));
            isFirst = false;
            Forget(now - LongPeriod);
            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    private async Task<(IEnumerable<UsageRecord> Records, bool HasGap)> ReadAsync(
        DateTimeOffset from,
        bool withLong,
        CancellationToken cancellationToken
    )
    {
        var selection = new UsageSelection
        {
            Period = new UsagePeriod(from, null),
            Where = where,
            Order = UsageOrder.NewestFirst,
            Limit = MaxRecent,
        };
        var query = await openAsync(cancellationToken);
        var recent = await query.ListAsync(selection, cancellationToken);
        var hasGap = recent.Count == MaxRecent && !_seen.ContainsKey(recent[^1].Id);
        if (!withLong)
            return (recent, hasGap);
        var longSelection = selection with
        {
            Period = new UsagePeriod(time.GetUtcNow() - LongPeriod, from),
            Where = [.. where, new DurationFilter(LongDuration, null)],
            Limit = MaxLong,
        };
        return (recent.Concat(await query.ListAsync(longSelection, cancellationToken)), hasGap);
    }

    private void Forget(DateTimeOffset before)
    {
        foreach (var (id, startedAt) in _seen)
            if (startedAt < before)
                _seen.Remove(id);
    }

    private static DateTimeOffset EndOf(UsageRecord record) => record.StartedAt + record.Duration;

    private static DateTimeOffset Max(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
