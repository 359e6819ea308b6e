using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sqlite;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Spool;

/// <summary>
/// Reads the sums of a ledger that is partly on a server and partly in the spool, as of one point in time of the spool.
/// Replication pauses meanwhile; calls continue to be recorded.
/// </summary>
internal static class SpoolSumReader
{
    /// <summary>The maximum number of records held in memory.</summary>
    private const int MaxSpooledRecords = 100_000;

    /// <summary>Reads the sums, and another value of the local database at the same point in time.</summary>
    /// <exception cref="LedgerUnavailableException">The server cannot be reached, or too many records wait for
    /// it.</exception>
    public static async Task<(IReadOnlyList<UsageSum> Sums, T Local)> ReadAsync<T>(
        LedgerOptions options,
        ILedgerStore server,
        UsageSumQuery query,
        Func<SqliteConnection, T> local,
        CancellationToken cancellationToken
    )
    {
        using var still = await SpoolReplicator.LockAsync(options, cancellationToken);
        var (waiting, refused, other) = await SqliteThreads.Queries.ReadAsync(
            options.DatabasePath,
            connection => ReadLocal(connection, local),
            cancellationToken
        );
        if (waiting.Count >= MaxSpooledRecords)
            throw new LedgerUnavailableException(
                $"More than {MaxSpooledRecords} records of '{options.DataFolder}' wait for the server, so the ledger "
                    + $"cannot "
                    + $"be summed yet. Try again when they have arrived.",
                null
            );
        // A batch whose response was lost, or whose gateway crashed, is both on the server and here. Sending it again
        // ensures that it is there exactly once.
        var first = Math.Min(waiting.Count, SpoolReplicator.BatchLimit);
        await SendAsync(server, waiting[..first], cancellationToken);
        var stored = await server.SumAsync(query, cancellationToken);
        return (
            [
                .. stored,
                .. RollupRow
                    .FromRecords(waiting.Skip(first).Concat(refused), query)
                    .Select(static part => new UsageSum(part.Slot, part.Names, part.Totals)),
            ],
            other
        );
    }

    private static (List<UsageRecord> Waiting, List<UsageRecord> Refused, T Local) ReadLocal<T>(
        SqliteConnection connection,
        Func<SqliteConnection, T> local
    )
    {
        using var snapshot = connection.BeginTransaction(deferred: true);
        var waiting = SqliteUsageReader
            .ReadNumbered(connection, MaxSpooledRecords)
            .ConvertAll(static row => row.Booked.Record);
        // Records that the server rejects were spent, and are counted.
        return (
            waiting,
            SqliteUsageReader.ReadQuarantined(connection, MaxSpooledRecords).ConvertAll(static row => row.Record),
            local(connection)
        );
    }

    private static async Task SendAsync(
        ILedgerStore server,
        List<UsageRecord> batch,
        CancellationToken cancellationToken
    )
    {
        if (batch.Count == 0)
            return;
        try
        {
            await server.AppendAsync(batch, cancellationToken);
        }
        catch (RecordRejectedException refusal)
        {
            throw new LedgerUnavailableException(
                "The server rejects a spooled record, so the ledger cannot be summed until that record is quarantined.",
                refusal
            );
        }
    }
}
