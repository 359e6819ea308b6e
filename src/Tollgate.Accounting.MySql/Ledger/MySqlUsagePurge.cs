using Tollgate.Accounting.MySql.Connections;

namespace Tollgate.Accounting.MySql.Ledger;

/// <summary>Removes records in small transactions, in the order of their start.</summary>
internal sealed class MySqlUsagePurge(MySqlDatabase database)
{
    private const int ChunkSize = 5000;

    private static readonly string DeleteChunk =
        $"DELETE FROM usage_records WHERE started_at < @p1 ORDER BY started_at, call_id, attempt LIMIT {ChunkSize}";

    /// <summary>
    /// Everything, sums too, in one transaction: TRUNCATE would commit table by table. REPEATABLE READ also locks the
    /// gaps between the rows, so no other writer books until the sums are gone too.
    /// </summary>
    public Task<long> AllAsync(CancellationToken cancellationToken) =>
        database.RunTransactionAsync(
            async connection =>
            {
                long count = await connection.RunWithoutTimeoutAsync("DELETE FROM usage_records", cancellationToken);
                await connection.RunWithoutTimeoutAsync("DELETE FROM usage_rollup", cancellationToken);
                await connection.RunWithoutTimeoutAsync("DELETE FROM usage_days", cancellationToken);
                await connection.RunWithoutTimeoutAsync("DELETE FROM usage_slots", cancellationToken);
                return count;
            },
            cancellationToken,
            "REPEATABLE READ"
        );

    public async Task<long> BeforeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        for (var removed = 0L; ;)
        {
            var chunk = await database.RunTransactionAsync(
                connection =>
                    connection.RunWithoutTimeoutAsync(DeleteChunk, cancellationToken, MySqlCommands.Time(before)),
                cancellationToken
            );
            if (chunk == 0)
                return removed;
            removed += chunk;
        }
    }
}
