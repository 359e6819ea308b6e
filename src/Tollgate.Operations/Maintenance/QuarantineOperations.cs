using System.Text.Json;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Maintenance;

/// <summary>The records that the database server rejects, which are kept in the data folder.</summary>
/// <param name="workspace">The ledger.</param>
public sealed class QuarantineOperations(Workspace workspace)
{
    /// <summary>Returns the records, up to a number.</summary>
    /// <exception cref="OperationException">The number is not at least 1.</exception>
    public Task<IReadOnlyList<QuarantinedRecord>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        FieldRules.RequireMin("limit", limit, 1);
        return RecordQuarantine.ListAsync(workspace.Options.Ledger, limit, cancellationToken);
    }

    /// <summary>
    /// Sends all of them again. Closing the ledger replicates what it can; if a gateway is running, it does so within a
    /// second.
    /// </summary>
    /// <returns>The number of records, and whether there is a server that can reject any.</returns>
    public async Task<(int Requeued, bool HasServer)> RetryAsync(CancellationToken cancellationToken)
    {
        await using var ledger = await UsageLedger.OpenAsync(workspace.Options.Ledger, cancellationToken);
        var requeued = await ledger.Quarantine.RequeueAsync(cancellationToken);
        return (requeued, (await ledger.ReadHealthAsync(cancellationToken)).Quarantined is not null);
    }

    /// <summary>Removes records permanently: they are not part of any total, nor is their cost.</summary>
    /// <param name="records">The records, as listed: those that were rejected in the meantime stay.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The records that were removed.</returns>
    public async Task<IReadOnlyList<QuarantinedRecord>> DiscardAsync(
        IReadOnlyList<QuarantinedRecord> records,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        if (records.Count == 0)
            return [];
        var ledger = await workspace.OpenLedgerAsync(cancellationToken);
        var gone = (
            await ledger.Quarantine.DropAsync([.. records.Select(static record => record.Record.Id)])
        ).ToHashSet();
        List<QuarantinedRecord> discarded = [.. records.Where(record => gone.Contains(record.Record.Id))];
        await workspace.AuditTrail.WriteAsync(
            actor,
            [
                .. discarded.Select(static record => new AuditedChange(
                    "record.discard",
                    record.Record.Id.Call.ToString(),
                    Before: JsonSerializer.Serialize(record, QuarantineJson.Default.QuarantinedRecord)
                )),
            ]
        );
        return discarded;
    }
}
