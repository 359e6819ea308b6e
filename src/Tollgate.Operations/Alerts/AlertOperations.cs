using Tollgate.Accounting;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Alerts;

/// <summary>The newest alerts.</summary>
/// <param name="Alerts">The alerts with their messages, newest first.</param>
/// <param name="UnavailableReason">
/// Why the list contains only the alerts that are kept in the data folder; null if it is complete.
/// </param>
public sealed record AlertList(IReadOnlyList<AlertWithDeliveries> Alerts, string? UnavailableReason);

/// <summary>Lists alerts, and schedules failed messages again.</summary>
/// <param name="workspace">The ledger whose database holds the alerts.</param>
public sealed class AlertOperations(Workspace workspace)
{
    /// <summary>Returns the newest alerts.</summary>
    /// <exception cref="LedgerUnavailableException">The server is unavailable, and the data folder has no
    /// alert.</exception>
    public async Task<AlertList> ListAsync(int limit, CancellationToken cancellationToken)
    {
        var alerts = new List<AlertWithDeliveries>();
        string? unavailable = null;
        try
        {
            foreach (var store in OpenStores())
                alerts.AddRange(await store.ListAsync(limit, cancellationToken));
        }
        catch (LedgerUnavailableException exception) when (alerts.Count > 0)
        {
            unavailable = exception.Message; // In that case, alerts held locally matter most.
        }

        return new AlertList(
            [
                .. alerts
                    .OrderByDescending(static state => state.Alert.CreatedAt)
                    .ThenByDescending(static state => state.Alert.Id)
                    .Take(limit),
            ],
            unavailable
        );
    }

    /// <summary>
    /// Schedules failed and abandoned messages for another attempt, and returns their number. A running gateway sends
    /// them.
    /// </summary>
    /// <param name="alert">The alert; null for all.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<int> RetryAsync(Guid? alert, Actor actor, CancellationToken cancellationToken)
    {
        var due = 0;
        foreach (var store in OpenStores())
            due += await store.RetryAsync(alert, cancellationToken);
        if (due > 0)
            await workspace.AuditTrail.WriteAsync(
                actor,
                new AuditedChange("alert.retry", alert?.ToString() ?? "all", After: $$"""{"messages":{{due}}}""")
            );
        return due;
    }

    /// <summary>
    /// The alerts that gateways of this data folder raise while their server is unavailable, and the server's alerts.
    /// </summary>
    private IEnumerable<IAlertStore> OpenStores() =>
        LedgerAlerts.OpenLocalStore(workspace.Options.Ledger) is { } own
            ? [own, LedgerAlerts.OpenStore(workspace.Options.Ledger)]
            : [LedgerAlerts.OpenStore(workspace.Options.Ledger)];
}
