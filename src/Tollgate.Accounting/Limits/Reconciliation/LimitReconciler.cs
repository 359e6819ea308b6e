using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Reconciliation;

/// <summary>
/// Compares the counters of limits with the ledger's own sums and raises those that lag behind: a limit set in the
/// middle of its window counts what was spent before it, and also what was recorded without admission. A counter that
/// is ahead is only reported: lowering it could admit calls for quota that is already spent.
/// </summary>
/// <param name="store">The counters.</param>
/// <param name="membershipOf">Returns the team and the organization of a key.</param>
/// <param name="clock">The clock.</param>
public sealed class LimitReconciler(
    ILimitStore store,
    Func<string, (string? Team, string? Organization)> membershipOf,
    TimeProvider clock
)
{
    /// <summary>Creates a reconciler that takes the teams and organizations of keys from a registry watcher.</summary>
    public LimitReconciler(ILimitStore store, RegistryWatcher registry, TimeProvider clock)
        : this(
            store,
            key => (registry.Snapshot.Keys.FindById(key)?.Team, registry.Snapshot.Keys.FindById(key)?.Organization),
            clock
        )
    { }

    /// <summary>Reconciles limits and returns the differences.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="isNew">True if the limits are new; sums that must be computed from the records are then computed
    /// once.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<IReadOnlyList<LimitDrift>> ReconcileAsync(
        IReadOnlyList<Limit> limits,
        bool isNew,
        CancellationToken cancellationToken = default
    )
    {
        var drifts = new List<LimitDrift>();
        foreach (var limit in limits)
            await ReconcileAsync(limit, isNew, drifts, cancellationToken);
        return drifts;
    }

    private async Task ReconcileAsync(
        Limit limit,
        bool isNew,
        List<LimitDrift> drifts,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        if (
            LedgerLimitSums.CreateQuery(limit, now) is not { } query
            || !(isNew || LedgerLimitSums.ReadsRollupsOnly(query))
        )
            return;
        var windows = LeaseAllocator.WindowsAt(limit, UnixMicros.FromTime(now));
        var both = await store.SnapshotAsync(limit, query, windows.OldestBooked, cancellationToken);
        var booked = LedgerLimitSums.SumByTarget(limit, query, both.Sums, membershipOf);
        foreach (var target in booked.Keys.Union(both.Counts.Keys))
        {
            var (ledger, counted) = (booked.GetValueOrDefault(target), both.Counts.GetValueOrDefault(target));
            if (ledger == counted.Used)
                continue;
            // The concurrent reconciler reports it, too.
            var raise = new CounterAdjustment(
                windows.Booked,
                windows.OldestBooked,
                ledger - counted.Used,
                counted.Adjusted
            );
            if (raise.By < 0 || await store.AdjustAsync(limit, target, raise, cancellationToken))
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

/// <summary>A counter that differs from the ledger.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Target">The target.</param>
/// <param name="Ledger">The sum in the ledger.</param>
/// <param name="Counter">The value of the counter.</param>
/// <param name="Window">When the window began; null if windows do not end, or roll.</param>
public sealed record LimitDrift(Limit Limit, string Target, Int128 Ledger, Int128 Counter, DateTimeOffset? Window);
