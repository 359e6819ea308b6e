using Tollgate.Accounting;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Status;

/// <summary>Describes the process that responds, and its settings.</summary>
/// <param name="workspace">The running ledger.</param>
/// <param name="process">The process.</param>
public sealed class StatusOperations(Workspace workspace, ProcessSource process)
{
    /// <summary>Returns the settings in force, in the order of the reference.</summary>
    public IReadOnlyList<SettingDetails> ListSettings() => process.ListSettings();

    /// <summary>Returns the state, also while the database server is away.</summary>
    public async Task<StatusDetails> ReadAsync(CancellationToken cancellationToken)
    {
        var ledger = await workspace.OpenLedgerAsync(cancellationToken);
        var registry = process.ReadRegistryHealth();
        return new StatusDetails
        {
            Version = process.Version,
            StartedAt = process.StartedAt,
            InstanceId = ledger.InstanceId,
            Parts = process.Parts,
            Store = workspace.Options.Ledger.OpenRegistry().Location,
            Ledger = Describe(await ledger.ReadHealthAsync(cancellationToken)),
            Registry = new RegistryStatus(registry.IsStale, registry.ConfirmedAt, registry.FailedReads),
            Replicas = await ListReplicasAsync(ledger, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<ReplicaStatus>> ListReplicasAsync(
        UsageLedger ledger,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var now = workspace.Now;
            return
            [
                .. (await ledger.Limits.ListHoldersAsync(cancellationToken))
                    .Where(holder => holder.Id != ledger.InstanceId)
                    .OrderBy(static holder => holder.Name, StringComparer.Ordinal)
                    .Select(holder => new ReplicaStatus(
                        holder.Id,
                        holder.Name,
                        holder.LeaseExpiresAt,
                        holder.LeaseExpiresAt <= now
                    )),
            ];
        }
        catch (LedgerUnavailableException)
        {
            return []; // The health of the ledger shows it.
        }
    }

    private static LedgerStatus Describe(LedgerHealth health) =>
        new()
        {
            Writable = health.IsWritable,
            LastFailureAt = health.LastFailureAt,
            Queue = health.QueueLength,
            Pending = health.PendingRecords,
            Booked = health.Booked,
            ServerReachable = health.StoreReachable,
            Backlog = health.Backlog,
            BacklogAgeS = health.BacklogAge is { } age ? decimal.Round((decimal)age.TotalSeconds, 3) : null,
            Quarantined = health.Quarantined,
        };
}
