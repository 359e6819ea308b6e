using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Maintenance;

/// <summary>Checks the ledger's rollups against its records, and repairs them.</summary>
/// <param name="workspace">The ledger.</param>
public sealed class RollupOperations(Workspace workspace)
{
    /// <summary>Compares the rollups with the records and with each other.</summary>
    /// <exception cref="OperationException">The ledger has a schema of another version.</exception>
    public Task<IReadOnlyList<RollupVerification>> CheckAsync(CancellationToken cancellationToken) =>
        VerifyAsync(repairs: false, cancellationToken);

    /// <summary>Repairs wrong rollups, and returns what was wrong. Gateways may keep recording.</summary>
    /// <exception cref="OperationException">The ledger has a schema of another version.</exception>
    public async Task<IReadOnlyList<RollupVerification>> RepairAsync(Actor actor, CancellationToken cancellationToken)
    {
        var found = await VerifyAsync(repairs: true, cancellationToken);
        var wrong = found.Sum(static check => check.IncorrectRows);
        if (wrong > 0)
            await workspace.AuditTrail.WriteAsync(
                actor,
                new AuditedChange("ledger.repair", "rollups", After: $$"""{"repaired":{{wrong}}}""")
            );
        return found;
    }

    private async Task<IReadOnlyList<RollupVerification>> VerifyAsync(bool repairs, CancellationToken cancellationToken)
    {
        // The workspace closes a server.
        if (workspace.Options.Ledger.Store is { } server)
            return await VerifyAsync(server, repairs, cancellationToken);
        await using var file = workspace.Options.Ledger.OpenStore();
        return await VerifyAsync(file, repairs, cancellationToken);
    }

    private static async Task<IReadOnlyList<RollupVerification>> VerifyAsync(
        ILedgerStore store,
        bool repairs,
        CancellationToken cancellationToken
    )
    {
        var schema = await store.SchemaAsync(cancellationToken);
        if (!schema.IsCurrent)
            throw new OperationException(
                OperationError.Conflict,
                $"The ledger has schema {schema.Current}, but this version of Tollgate requires schema {schema.Known}.",
                "schemas"
            );
        return store is IRollupStore rollups ? await rollups.VerifyRollupsAsync(repairs, cancellationToken) : [];
    }
}
