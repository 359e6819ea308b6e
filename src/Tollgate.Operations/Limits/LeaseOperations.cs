using Tollgate.Accounting.AuditTrail;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Limits;

/// <summary>Lists and releases the leases on limits that gateways hold.</summary>
/// <param name="workspace">The ledger whose limits are leased.</param>
public sealed class LeaseOperations(Workspace workspace)
{
    /// <summary>Returns the holders of leases other than this process, with what they hold.</summary>
    public async Task<IReadOnlyList<LeaseHolderDetails>> ListAsync(CancellationToken cancellationToken)
    {
        var ledger = await workspace.OpenLedgerAsync(cancellationToken);
        var definitions = await workspace.OpenLimitsAsync(withCounters: true, cancellationToken);
        var limits = (await definitions.ListAsync(cancellationToken)).Limits.ToDictionary(
            static limit => limit.Id,
            StringComparer.Ordinal
        );
        var now = workspace.Now;
        return
        [
            .. (await ledger.Limits.ListHoldersAsync(cancellationToken))
                .Where(holder => holder.Id != ledger.InstanceId)
                .Select(holder => LeaseHolderDetails.Create(holder, limits, now)),
        ];
    }

    /// <summary>
    /// Releases the leases of a holder that no longer renews them. Spending that it did not record is then not counted
    /// anywhere.
    /// </summary>
    /// <param name="holder">The holder, as listed.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OperationException">Its leases have not expired.</exception>
    public async Task ReleaseAsync(LeaseHolderDetails holder, Actor actor, CancellationToken cancellationToken)
    {
        if (!holder.IsExpired)
            throw new OperationException(
                OperationError.Conflict,
                $"{holder.Name} still renews its lease, currently until {holder.ExpiresAt:u}. Stop it first."
            );
        var ledger = await workspace.OpenLedgerAsync(cancellationToken);
        await ledger.Limits.ReleaseAsync(holder.Id, cancellationToken);
        await workspace.AuditTrail.WriteAsync(
            actor,
            AuditedChange.Create(
                "lease.release",
                holder.Id.ToString(),
                holder,
                null,
                LimitJson.Default.LeaseHolderDetails
            )
        );
    }
}
