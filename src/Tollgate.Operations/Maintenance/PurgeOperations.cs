using System.Globalization;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Usage;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Maintenance;

/// <summary>Removes records, by age or all.</summary>
/// <param name="workspace">The ledger.</param>
public sealed class PurgeOperations(Workspace workspace)
{
    /// <summary>
    /// Returns the time before which records are removed: the start of a quarter hour, so that totals are kept.
    /// </summary>
    public static DateTimeOffset GetCutoff(DateTimeOffset before) => UsageSlot.Floor(before);

    /// <summary>Returns the number of calls that a purge concerns.</summary>
    /// <param name="before">As <see cref="GetCutoff"/> returns it; null for all records.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<long> CountAsync(DateTimeOffset? before, CancellationToken cancellationToken) =>
        (
            await workspace.OpenQuery().TotalsAsync(new UsagePeriod(null, before), cancellationToken: cancellationToken)
        ).Calls;

    /// <summary>Removes records, and returns their number.</summary>
    /// <param name="before">As <see cref="GetCutoff"/> returns it, which keeps the totals; null for all records with
    /// their totals.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellationToken">Cancels the purge; what was removed so far stays removed.</param>
    public async Task<long> PurgeAsync(DateTimeOffset? before, Actor actor, CancellationToken cancellationToken)
    {
        var ledger = await workspace.OpenLedgerAsync(cancellationToken);
        var removed = await ledger.PurgeAsync(before, cancellationToken);
        var cutoff = before is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"\"{time:yyyy-MM-dd'T'HH:mm:ss'Z'}\"")
            : "null";
        await workspace.AuditTrail.WriteAsync(
            actor,
            new AuditedChange("ledger.purge", "ledger", After: $$"""{"before":{{cutoff}},"removed":{{removed}}}""")
        );
        return removed;
    }
}
