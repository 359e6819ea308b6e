using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Accounting.Limits.Reconciliation;
using Tollgate.Accounting.Registry;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Limits;

/// <summary>The consequences of a change of limits.</summary>
internal static class EarlierUsage
{
    /// <summary>
    /// Lets limits that were just set include what was already spent in their windows. A running gateway does the same,
    /// and the first of them wins; but there may be no gateway running.
    /// </summary>
    public static async Task<IReadOnlyList<LimitDrift>> CountEarlierUsageAsync(
        this Workspace workspace,
        IEnumerable<LimitChange> changes,
        CancellationToken cancellationToken
    )
    {
        var ledger = await workspace.OpenLedgerAsync(cancellationToken);
        await using var registry = await RegistryWatcher.StartAsync(workspace.Options.Ledger, cancellationToken);
        Limit[] set = [.. changes.Select(static change => change.After).OfType<Limit>()];
        return await new LimitReconciler(ledger.Limits, registry, workspace.Time).ReconcileAsync(
            set,
            isNew: true,
            cancellationToken
        );
    }

    /// <summary>Describes a change for the audit trail.</summary>
    public static AuditedChange ToAudited(this LimitChange change, string action) =>
        AuditedChange.Create(
            action,
            (change.After ?? change.Before)!.Id,
            change.Before is { } before ? LimitDetails.Create(before) : null,
            change.After is { } after ? LimitDetails.Create(after) : null,
            LimitJson.Default.LimitDetails
        );
}
