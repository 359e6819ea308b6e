using System.Data.Common;
using Tollgate.Accounting;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Limits.Reconciliation;
using Tollgate.Accounting.Stores;

namespace Tollgate.Hosting;

/// <summary>
/// Compares the limit counters with the ledger: those of a new limit within a second, so that it includes what was
/// spent
/// in its window before it was set, and all of them every minute. Then raises alerts for thresholds that were reached
/// unnoticed: the calls of a dead gateway are recorded before the limits are known. Once an hour, and a minute after
/// the
/// start, counters that can never be used again are removed.
/// </summary>
internal sealed class ReconcileTimer : IAsyncDisposable
{
    private const int RoundsPerMinute = 60;
    private const int RoundsPerHour = 3600;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly AdmissionController _admission;
    private readonly ILimitStore _counters;
    private readonly LimitReconciler _reconciler;
    private readonly bool _comparesAll;
    private readonly Action<LimitDrift> _onDrift;
    private readonly PeriodicTimer _timer;
    private readonly Task _running;
    private HashSet<string> _reconciledLimits = [];

    /// <param name="admission">The controller whose limits are compared.</param>
    /// <param name="counters">The counters.</param>
    /// <param name="reconciler">Compares them.</param>
    /// <param name="comparesAll">
    /// True if all counters are compared every minute. False if the server adds up the records of several data folders
    /// that count separately: then only new limits are compared, so that they include earlier spending.
    /// </param>
    /// <param name="clock">The clock.</param>
    /// <param name="tell">Called for each drift; what a new limit has to catch up with does not count as drift.</param>
    public ReconcileTimer(
        AdmissionController admission,
        ILimitStore counters,
        LimitReconciler reconciler,
        bool comparesAll,
        TimeProvider clock,
        Action<LimitDrift> tell
    )
    {
        (_admission, _counters, _reconciler, _comparesAll, _onDrift) = (
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
                await ReconcileAsync(all: round % RoundsPerMinute == 0);
                if (round % RoundsPerHour == RoundsPerMinute)
                    await _counters.PruneAsync(_admission.Limits);
            }
            catch (Exception exception)
                when (exception is LedgerUnavailableException or IOException or InvalidOperationException or DbException
                )
            {
                // The store cannot be reached now, which /health reports; the next round tries again.
            }
        }
    }

    private async Task ReconcileAsync(bool all)
    {
        var limits = _admission.Limits;
        var fresh = limits.Where(limit => !_reconciledLimits.Contains(limit.Id)).ToList();
        try
        {
            if (fresh.Count > 0)
                await _reconciler.ReconcileAsync(fresh, isNew: true);
            if (all && _comparesAll)
                foreach (var drift in await _reconciler.ReconcileAsync([.. limits.Except(fresh)], isNew: false))
                    _onDrift(drift);
        }
        finally
        {
            // Even if the ledger cannot be summed now: the counters may still be available here.
            if (fresh.Count > 0 || all)
                await _counters.BackfillAlertsAsync(limits);
        }

        _reconciledLimits = [.. limits.Select(static limit => limit.Id)];
    }
}
