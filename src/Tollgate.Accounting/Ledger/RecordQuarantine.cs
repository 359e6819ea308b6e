using Tollgate.Accounting.Spool;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sqlite;
using Tollgate.Accounting.Stores.Sqlite.Ledger;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger;

/// <summary>The records of a data folder that its server rejects. They are in no sum until they are accepted.</summary>
public sealed class RecordQuarantine
{
    private readonly SqliteLedgerStore _local;

    internal RecordQuarantine(SqliteLedgerStore local) => _local = local;

    /// <summary>
    /// Returns the quarantined records of an existing data folder, most recently rejected first, alongside any number
    /// of gateways.
    /// </summary>
    /// <param name="options">The ledger.</param>
    /// <param name="count">The maximum number of records.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="FileNotFoundException">There is no ledger in the folder.</exception>
    /// <exception cref="LedgerSchemaException">The database is of another version of Tollgate.</exception>
    public static async Task<IReadOnlyList<QuarantinedRecord>> ListAsync(
        LedgerOptions options,
        int count,
        CancellationToken cancellationToken = default
    )
    {
        var local = await SqliteThreads.Lookups.RunAsync(() => OpenExisting(options), cancellationToken);
        return await local.ReadQuarantinedAsync(count, cancellationToken);
    }

    private static SqliteLedgerStore OpenExisting(LedgerOptions options)
    {
        LedgerFile.Require(options);
        return new SqliteLedgerStore(options);
    }

    /// <summary>
    /// Sends the quarantined records to the server again and returns their number. Those rejected again return to
    /// quarantine.
    /// </summary>
    /// <param name="cancellationToken">If canceled already, the records stay in quarantine.</param>
    public async Task<int> RequeueAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var back = new Requeue();
        await _local.Writer.RunAsync(back);
        return back.Count;
    }

    /// <summary>
    /// Permanently removes quarantined records from the data folder: they are in no sum. A record that is not, or no
    /// longer, in quarantine stays.
    /// </summary>
    /// <param name="ids">The records.</param>
    /// <param name="cancellationToken">If canceled already, the records stay in quarantine.</param>
    /// <returns>The removed records.</returns>
    public async Task<IReadOnlyList<CallId>> DropAsync(
        IReadOnlyList<CallId> ids,
        CancellationToken cancellationToken = default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var discard = new DropQuarantined(ids);
        await _local.Writer.RunAsync(discard);
        return discard.Discarded;
    }
}
