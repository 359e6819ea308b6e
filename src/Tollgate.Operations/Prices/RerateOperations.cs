using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Rerating;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Prices;

/// <summary>Reprices recorded calls at the current prices, by adding corrections.</summary>
/// <param name="workspace">The ledger and the prices.</param>
public sealed class RerateOperations(Workspace workspace)
{
    /// <summary>Computes what a run would change; records nothing.</summary>
    public Task<RerateReport> PreviewAsync(RerateScope scope, CancellationToken cancellationToken) =>
        CreateRerate().PreviewAsync(workspace.OpenQuery(), scope, cancellationToken);

    /// <summary>Records the corrections, and returns what they changed.</summary>
    public async Task<RerateReport> RunAsync(RerateScope scope, Actor actor, CancellationToken cancellationToken)
    {
        var ledger = await workspace.OpenLedgerAsync(cancellationToken);
        var report = await CreateRerate().RunAsync(ledger, scope, cancellationToken);
        await workspace.AuditTrail.WriteAsync(
            actor,
            new AuditedChange("ledger.rerate", "ledger", After: $$"""{"corrections":{{report.Corrections}}}""")
        );
        return report;
    }

    private UsageRerate CreateRerate() => new(workspace.Prices, workspace.Time);
}
