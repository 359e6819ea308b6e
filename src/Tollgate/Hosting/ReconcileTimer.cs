using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Limits.Reconciliation;
using Tollgate.Metering.Limits;

namespace Tollgate.Hosting;

/// <summary>
/// Compares the limit counters with the ledger: those of a new limit within a second, so that it includes what was
/// spent in its window before it was set, and all of them every minute. Then raises alerts for thresholds that were
/// reached unnoticed: the calls of a dead gateway are recorded before the limits are known. Once an hour, and a minute
/// after the start, counters that can never be used again are removed.
/// </summary>
/// <remarks>
/// If a server adds up the records of several data folders that count separately, only new limits are compared, so that
/// they include earlier spending.
/// </remarks>
internal sealed partial class ReconcileTimer(
    AdmissionController admission,
    GatewayStores stores,
    TimeProvider clock,
    ILogger<ReconcileTimer> logger
) : PeriodicService(TimeSpan.FromSeconds(1), clock, logger)
{
    private const int RoundsPerMinute = 60;
    private const int RoundsPerHour = 3600;

    private readonly LimitReconciler _reconciler = new(stores.Ledger.Limits, stores.Registry, clock);
    private readonly bool _comparesAll = stores.ServerWithoutLimits is null;
    private HashSet<string> _reconciledLimits = [];
    private int _round;

    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        _round++;
        await ReconcileAsync(all: _round % RoundsPerMinute == 0);
        if (_round % RoundsPerHour == RoundsPerMinute)
            await stores.Ledger.Limits.PruneAsync(admission.Limits);
    }

    private async Task ReconcileAsync(bool all)
    {
        var limits = admission.Limits;
        var fresh = limits.Where(limit => !_reconciledLimits.Contains(limit.Id)).ToList();
        try
        {
            if (fresh.Count > 0)
                await _reconciler.ReconcileAsync(fresh, isNew: true);
            if (all && _comparesAll)
                foreach (var drift in await _reconciler.ReconcileAsync([.. limits.Except(fresh)], isNew: false))
                    Report(drift);
        }
        finally
        {
            // Even if the ledger cannot be summed now: the counters may still be available here.
            if (fresh.Count > 0 || all)
                await stores.Ledger.Limits.BackfillAlertsAsync(limits);
        }

        _reconciledLimits = [.. limits.Select(static limit => limit.Id)];
    }

    /// <summary>Reports a counter that differs from the ledger; a new limit that catches up is not reported.</summary>
    private void Report(LimitDrift drift)
    {
        stores.Ledger.Alerts.Notices.AddDrift(drift.Limit, drift.Target, drift.Window, drift.Counter, drift.Ledger);
        var metric = drift.Limit.Metric;
        if (drift.Ledger > drift.Counter)
            LogBehind(
                Logger,
                drift.Limit.Name,
                drift.Target,
                LimitAmount.ToText(metric, drift.Counter),
                LimitAmount.ToText(metric, drift.Ledger)
            );
        else
            LogAhead(
                Logger,
                drift.Limit.Name,
                drift.Target,
                LimitAmount.ToText(metric, drift.Counter),
                LimitAmount.ToText(metric, drift.Ledger)
            );
    }

    [LoggerMessage(
        44,
        LogLevel.Warning,
        "The counter of limit '{Limit}' for '{Target}' was {Counter}, "
            + "behind the ledger's {Ledger}, and was raised to match."
    )]
    private static partial void LogBehind(ILogger log, string limit, string target, string counter, string ledger);

    [LoggerMessage(
        45,
        LogLevel.Warning,
        "The counter of limit '{Limit}' for '{Target}' is {Counter}, ahead of the ledger's {Ledger}, and was left "
            + "unchanged. 'tollgate limits reset' resets it."
    )]
    private static partial void LogAhead(ILogger log, string limit, string target, string counter, string ledger);
}
