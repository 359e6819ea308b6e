using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sqlite;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Spool;

/// <summary>
/// The sums of a ledger of which a part is on a server and the rest in the spool, as they were at one moment of the
/// spool. While they are made nothing moves from the one to the other; calls go on being booked.
/// </summary>
internal static class SpooledSums
{
    /// <summary>So many records are held in memory at the most.</summary>
    private const int MostWaiting = 100_000;

    /// <summary>Reads the sums, and with them, at the same moment, something else of the local database.</summary>
    /// <exception cref="LedgerUnavailableException">The server cannot be asked now, or too much waits for
    /// it.</exception>
    public static async Task<(IReadOnlyList<UsageSum> Sums, T Local)> ReadAsync<T>(
        LedgerOptions options,
        ILedgerStore server,
        UsageSumQuery query,
        Func<SqliteConnection, T> local,
        CancellationToken cancellation
    )
    {
        using var still = await SpoolFollower.HoldAsync(options, cancellation);
        var (waiting, refused, other) = ReadLocal(options, local);
        if (waiting.Count >= MostWaiting)
            throw new LedgerUnavailableException(
                $"More than {MostWaiting} records of '{options.DataFolder}' wait for the server, so the ledger cannot "
                    + $"be added up yet. Try again when they have arrived.",
                null
            );
        // A batch whose answer was lost, or whose gate died, is on the server and here. Sent again it surely is there,
        // and once.
        var first = Math.Min(waiting.Count, SpoolFollower.BatchLimit);
        await SendAsync(server, waiting[..first], cancellation);
        var stored = await server.SumAsync(query, cancellation);
        var spooled = waiting
            .Skip(first)
            .Concat(refused)
            .Where(record => Holds(query.Period, record.StartedAt) && record.Meets(query.Where));
        return (
            [
                .. stored,
                .. spooled
                    .Select(record => SumPart.Of(record, query))
                    .Select(static part => new UsageSum(part.Slot, part.Names, part.Totals)),
            ],
            other
        );
    }

    private static (List<UsageRecord> Waiting, List<UsageRecord> Refused, T Local) ReadLocal<T>(
        LedgerOptions options,
        Func<SqliteConnection, T> local
    )
    {
        using var connection = SqliteConnections.OpenForQueries(options.DatabasePath);
        using var snapshot = connection.BeginTransaction(deferred: true);
        var waiting = UsageReader.ReadNumbered(connection, MostWaiting).ConvertAll(static row => row.Booked.Record);
        // What the server refuses was spent, and is counted.
        return (
            waiting,
            UsageReader.ReadRefused(connection, MostWaiting).ConvertAll(static row => row.Record),
            local(connection)
        );
    }

    private static async Task SendAsync(ILedgerStore server, List<UsageRecord> batch, CancellationToken cancellation)
    {
        if (batch.Count == 0)
            return;
        try
        {
            await server.AppendAsync(batch, cancellation);
        }
        catch (RecordRefusedException refusal)
        {
            throw new LedgerUnavailableException(
                "The server refuses a record that waits for it, so the ledger cannot be added up until that is set "
                    + "aside.",
                refusal
            );
        }
    }

    private static bool Holds(UsagePeriod period, DateTimeOffset time) => !(time < period.From) && !(time >= period.To);
}
