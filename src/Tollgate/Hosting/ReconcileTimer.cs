using System.Data.Common;
using Tollgate.Accounting;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Limits.Reconciliation;
using Tollgate.Accounting.Stores;

namespace Tollgate.Hosting;

/// <summary>
/// Lays the counters of limits beside the ledger: those of a new limit within a second, so that it counts what its
/// window has spent before it was set, and all of them each minute. Then what the counters have reached is told, where
/// nobody has: the calls of a dead gate are booked before the limits are known. Once an hour, and a minute after the
/// start, what can never count again is removed.
/// </summary>
internal sealed class ReconcileTimer : IAsyncDisposable
{
    private const int RoundsOfAMinute = 60;
    private const int RoundsOfAnHour = 3600;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly AdmissionController _admission;
    private readonly ILimitStore _counters;
    private readonly LimitReconciler _reconciler;
    private readonly bool _comparesAll;
    private readonly Action<LimitDrift> _tell;
    private readonly PeriodicTimer _timer;
    private readonly Task _running;
    private HashSet<string> _known = [];

    /// <param name="admission">Whose limits they are.</param>
    /// <param name="counters">The counters.</param>
    /// <param name="reconciler">What compares them.</param>
    /// <param name="comparesAll">
    /// Whether all are compared each minute. Not where the server behind adds up what several data folders book, and
    /// each of them counts for itself: there only what is new is, so that it counts what was before.
    /// </param>
    /// <param name="clock">The clock.</param>
    /// <param name="tell">Is told of what drifted; what a new limit had to catch up with is no drift.</param>
    public ReconcileTimer(
        AdmissionController admission,
        ILimitStore counters,
        LimitReconciler reconciler,
        bool comparesAll,
        TimeProvider clock,
        Action<LimitDrift> tell
    )
    {
        (_admission, _counters, _reconciler, _comparesAll, _tell) = (
            admission,
            counters,
            reconciler,
            comparesAll,
            tell
        );
        _timer = new PeriodicTimer(Interval, clock);
        _running = RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _running;
    }

    private async Task RunAsync()
    {
        for (var round = 1; await _timer.WaitForNextTickAsync(); round++)
        {
            try
            {
                await ReconcileAsync(all: round % RoundsOfAMinute == 0);
                if (round % RoundsOfAnHour == RoundsOfAMinute)
                    await _counters.PruneAsync(_admission.Limits);
            }
            catch (Exception fault)
                when (fault is LedgerUnavailableException or IOException or InvalidOperationException or DbException)
            {
                // The store cannot be asked now, which /health tells; the next round tries again.
            }
        }
    }

    private async Task ReconcileAsync(bool all)
    {
        var limits = _admission.Limits;
        var fresh = limits.Where(limit => !_known.Contains(limit.Id)).ToList();
        try
        {
            if (fresh.Count > 0)
                await _reconciler.ReconcileAsync(fresh, isNew: true);
            if (all && _comparesAll)
                foreach (var drift in await _reconciler.ReconcileAsync([.. limits.Except(fresh)], isNew: false))
                    _tell(drift);
        }
        finally
        {
            // Also where the ledger cannot be added up now: what is counted may be here.
            if (fresh.Count > 0 || all)
                await _counters.CatchUpAsync(limits);
        }

        _known = [.. limits.Select(static limit => limit.Id)];
    }
}
