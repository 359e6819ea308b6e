using Npgsql;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.PostgreSql.Ledger;

/// <summary>
/// Removes records: whole months by dropping their tables, at no cost, and the rest in small transactions.
/// </summary>
internal sealed class PostgreSqlUsagePurge(PostgreSqlDatabase database)
{
    private const int ChunkSize = 5000;

    /// <summary>Waiting for the lock of the whole table makes every write wait behind it.</summary>
    private const string LockTimeout = "SET LOCAL lock_timeout = '1s'";

    private const string Tables = "usage, usage_rollup, usage_days, usage_slots, usage_blocks";

    private static readonly string DeleteChunk = $"""
        DELETE FROM usage USING (
            SELECT call_id, attempt FROM usage WHERE started_at < $1
            ORDER BY started_at, call_id, attempt LIMIT {ChunkSize}
        ) AS gone
        WHERE usage.call_id = gone.call_id AND usage.attempt = gone.attempt
        """;

    /// <summary>Removes everything, including sums. The months remain, empty.</summary>
    public Task<long> AllAsync(CancellationToken cancellationToken) =>
        database.RunTransactionAsync(
            async connection =>
            {
                await PostgreSqlSchemaLock.TakeAsync(connection, cancellationToken);
                // Locked before counting, so that the count is exact, and in the order in which writes lock the tables.
                await connection.RunWithoutTimeoutAsync(
                    $"LOCK TABLE {Tables} IN ACCESS EXCLUSIVE MODE",
                    cancellationToken
                );
                var count = await connection.NumberPatientlyAsync("SELECT count(*) FROM usage", cancellationToken);
                await connection.RunWithoutTimeoutAsync($"TRUNCATE {Tables}", cancellationToken);
                return count;
            },
            cancellationToken
        );

    public async Task<long> BeforeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = await DropMonthsAsync(before, cancellationToken);
        while (true)
        {
            var chunk = await DeleteChunkAsync(before, cancellationToken);
            if (chunk == 0)
                return removed;
            removed += chunk;
        }
    }

    private async Task<long> DropMonthsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var months = await database.RunAsync(
            connection => UsagePartitions.ReadAsync(connection, cancellationToken),
            cancellationToken
        );
        var removed = 0L;
        foreach (var month in months.Where(month => month.End <= before))
            removed += await DropOrLeaveAsync(month, before, cancellationToken);
        return removed;
    }

    /// <summary>A month whose table stays in use is purged in chunks instead.</summary>
    private async Task<long> DropOrLeaveAsync(
        MonthPartition month,
        DateTimeOffset before,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await database.RunTransactionAsync(
                connection => DropAsync(connection, month, before, cancellationToken),
                cancellationToken
            );
        }
        catch (LedgerUnavailableException failure)
            when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            return 0;
        }
    }

    private static async Task<long> DropAsync(
        NpgsqlConnection connection,
        MonthPartition month,
        DateTimeOffset before,
        CancellationToken cancellationToken
    )
    {
        await connection.RunAsync(LockTimeout, cancellationToken);
        await PostgreSqlSchemaLock.TakeAsync(connection, cancellationToken);
        if (!(await UsagePartitions.ReadAsync(connection, cancellationToken)).Contains(month))
            return 0; // Another process was faster.
        await connection.RunWithoutTimeoutAsync($"ALTER TABLE usage DETACH PARTITION {month.Name}", cancellationToken);
        var count = await connection.NumberPatientlyAsync(
            $"SELECT count(*) FROM {month.Name} WHERE started_at < $1",
            cancellationToken,
            PostgreSqlCommands.Time(before)
        );
        // An identity may be older than its start: those records stay, in the default partition.
        var columns = UsageColumnSql.Join(PostgreSqlDialect.Instance.Columns.Usage);
        await connection.RunWithoutTimeoutAsync(
            $"INSERT INTO usage ({columns}) SELECT {columns} FROM {month.Name} WHERE started_at >= $1",
            cancellationToken,
            PostgreSqlCommands.Time(before)
        );
        await connection.RunWithoutTimeoutAsync($"DROP TABLE {month.Name}", cancellationToken);
        return count;
    }

    /// <summary>Under the lock, so that concurrent purges do not mistake each other's rows for the last ones.</summary>
    private Task<int> DeleteChunkAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database.RunTransactionAsync(
            async connection =>
            {
                await PostgreSqlSchemaLock.TakeAsync(connection, cancellationToken);
                return await connection.RunWithoutTimeoutAsync(
                    DeleteChunk,
                    cancellationToken,
                    PostgreSqlCommands.Time(before)
                );
            },
            cancellationToken
        );
}
