using Npgsql;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.PostgreSql.Ledger;

/// <summary>
/// Adds each quarter of an hour to the rollups by blocks when it is over, since otherwise every batch would write them.
/// A batch that is written later adds to them itself.
/// </summary>
/// <remarks>
/// A batch must not miss a fold that does not see it. So batches share an advisory lock until they are committed, and a
/// fold takes it alone: it sees all earlier batches, and all later ones see it.
/// </remarks>
internal sealed class BlockFold(PostgreSqlDatabase database, TimeProvider time)
{
    /// <summary>"tollfold" in ASCII.</summary>
    private const long Key = 0x746F6C6C666F6C64;

    private long _foldedUntil = long.MinValue;

    /// <summary>
    /// An expression that holds off folds until the end of the transaction. It must be in an earlier statement than the
    /// one that writes, whose snapshot is then later than the last fold.
    /// </summary>
    public static readonly string Share = $"pg_advisory_xact_lock_shared({Key})";

    /// <summary>Folds what has ended since this process did so. Called after a batch, which is durable.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = UsageSlot.Floor(time.GetUtcNow());
        if (now.ToMicros() <= Interlocked.Read(ref _foldedUntil))
            return;
        Interlocked.Exchange(ref _foldedUntil, now.ToMicros());
        try
        {
            await database.RunTransactionAsync(
                connection => FoldAsync(connection, now, cancellationToken),
                cancellationToken
            );
        }
        catch (Exception exception) when (exception is LedgerUnavailableException or OperationCanceledException)
        {
            // The batch is recorded. Until a later one folds, sums are read from the slots.
            Interlocked.Exchange(ref _foldedUntil, long.MinValue);
        }
    }

    private static async Task<bool> FoldAsync(
        NpgsqlConnection connection,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await connection.RunAsync($"SELECT pg_advisory_xact_lock({Key})", cancellationToken);
        var until = PostgreSqlCommands.Time(now);
        if (
            await connection.NumberAsync(
                "SELECT count(*) FROM usage_fold WHERE folded_until < $1",
                cancellationToken,
                until
            ) == 0
        )
            return false; // Another process was faster.
        await connection.RunWithoutTimeoutAsync(BlockSql.Fold, cancellationToken, until);
        await connection.RunAsync("UPDATE usage_fold SET folded_until = $1", cancellationToken, until);
        return true;
    }
}
