using Tollgate.Accounting.MySql.Connections;

namespace Tollgate.Accounting.MySql.Ledger;

/// <summary>Removes records in small transactions, in the order of their start.</summary>
internal sealed class UsagePurge(MySqlDatabase database)
{
    private const int ChunkSize = 5000;

    private static readonly string DeleteChunk =
        $"DELETE FROM usage_records WHERE started_at < @p1 ORDER BY started_at, call_id, attempt LIMIT {ChunkSize}";

    /// <summary>
    /// Everything, sums too, in one transaction: TRUNCATE would commit table by table. REPEATABLE READ also locks the
    /// gaps between the rows, so nobody books until the sums are gone too.
    /// </summary>
    public Task<long> AllAsync(CancellationToken cancellation) =>
        database.RunTransactionAsync(
            async connection =>
            {
                long count = await connection.RunPatientlyAsync("DELETE FROM usage_records", cancellation);
                await connection.RunPatientlyAsync("DELETE FROM usage_rollup", cancellation);
                await connection.RunPatientlyAsync("DELETE FROM usage_days", cancellation);
                await connection.RunPatientlyAsync("DELETE FROM usage_slots", cancellation);
                return count;
            },
            cancellation,
            "REPEATABLE READ"
        );

    public async Task<long> BeforeAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        for (var removed = 0L; ;)
        {
            var chunk = await database.RunTransactionAsync(
                connection => connection.RunPatientlyAsync(DeleteChunk, cancellation, MySqlCommands.Time(before)),
                cancellation
            );
            if (chunk == 0)
                return removed;
            removed += chunk;
        }
    }
}
