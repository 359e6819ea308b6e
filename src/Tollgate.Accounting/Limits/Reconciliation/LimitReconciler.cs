using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Reconciliation;

/// <summary>
/// Lays the counters of limits beside the ledger's own sums, and raises those that lag behind: a limit that was set in
/// the middle of its window counts what was spent before it, and so does what was booked without asking. A counter that
/// is ahead is only told of: lowering it could let through what was spent.
/// </summary>
/// <param name="store">The counters.</param>
/// <param name="membershipOf">The team and the organisation of a key.</param>
/// <param name="clock">The clock.</param>
public sealed class LimitReconciler(
    ILimitStore store,
    Func<string, (string? Team, string? Organization)> membershipOf,
    TimeProvider clock
)
{
    /// <summary>One that takes the teams and organisations of keys from a directory as it is watched.</summary>
    public LimitReconciler(ILimitStore store, DirectoryWatcher directory, TimeProvider clock)
        : this(
            store,
            key => (directory.Snapshot.Keys.OfId(key)?.Team, directory.Snapshot.Keys.OfId(key)?.Organization),
            clock
        )
    { }

    /// <summary>Reconciles limits, and gives what differed.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="isNew">Whether they are new, so that sums that must be made of the records are made once.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<LimitDrift>> ReconcileAsync(
        IReadOnlyList<Limit> limits,
        bool isNew,
        CancellationToken cancellation = default
    )
    {
        var drifts = new List<LimitDrift>();
        foreach (var limit in limits)
            await ReconcileAsync(limit, isNew, drifts, cancellation);
        return drifts;
    }

    private async Task ReconcileAsync(Limit limit, bool isNew, List<LimitDrift> drifts, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (LimitSums.QueryOf(limit, now) is not { } query || !(isNew || LimitSums.IsKept(query)))
            return;
        var windows = GrantBook.CounterOf(limit, now.ToMicros());
        var both = await store.SnapshotAsync(limit, query, windows.OldestBooked, cancellation);
        var booked = LimitSums.AmountsOf(limit, query, both.Sums, membershipOf);
        foreach (var target in booked.Keys.Union(both.Counts.Keys))
        {
            var (ledger, counted) = (booked.GetValueOrDefault(target), both.Counts.GetValueOrDefault(target));
            if (ledger == counted.Used)
                continue;
            // Who was faster tells of it, too.
            var raise = new CounterRaise(windows.Booked, windows.OldestBooked, ledger - counted.Used, counted.Raised);
            if (raise.By < 0 || await store.RaiseAsync(limit, target, raise, cancellation))
                drifts.Add(
                    new LimitDrift(
                        limit,
                        target,
                        ledger,
                        counted.Used,
                        limit.Window is CalendarWindow ? StoredTime.ToTime(windows.Booked) : null
                    )
                );
        }
    }
}

/// <summary>A counter that is not what the ledger says.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Target">Whose count.</param>
/// <param name="Ledger">What the ledger sums up to.</param>
/// <param name="Counter">What was counted.</param>
/// <param name="Window">When the window began; null where windows do not end, or roll.</param>
public sealed record LimitDrift(Limit Limit, string Target, Int128 Ledger, Int128 Counter, DateTimeOffset? Window);
