using System.Collections.Concurrent;
using Npgsql;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.PostgreSql.Ledger;

/// <summary>
/// Creates the months that a batch needs before it is recorded. This is an optimization: a record without a month goes
/// to the default partition, from which it is moved when its month is created, so nothing here may fail a batch.
/// </summary>
internal sealed class UsagePartitions(PostgreSqlDatabase database, TimeProvider time)
{
    private static readonly UsageColumnSql Table = PostgreSqlDialect.Instance.Columns;

    /// <summary>Waiting for a table's lock makes others wait behind it.</summary>
    private const string LockTimeout = "SET LOCAL lock_timeout = '1s'";

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Months that exist or existed; a purged month is not created again by this process.</summary>
    private readonly ConcurrentDictionary<MonthPartition, bool> _made = new();

    private long _notBefore = long.MinValue;

    public async Task EnsureAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellationToken)
    {
        var missing = Missing(records);
        if (missing.Count == 0 || time.GetTimestamp() < Volatile.Read(ref _notBefore))
            return;
        try
        {
            await database.RunAsync(connection => MakeAsync(connection, missing, cancellationToken), cancellationToken);
        }
        catch (Exception failure) when (PostgreSqlErrorClassifier.IsPartitionConflict(failure))
        {
            Volatile.Write(ref _notBefore, time.GetTimestamp() + (long)(Pause.TotalSeconds * time.TimestampFrequency));
        }
    }

    /// <summary>Returns the existing months, with the name of each table.</summary>
    public static async Task<List<MonthPartition>> ReadAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand(
            "SELECT c.relname::text FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = "
                + "'usage'::regclass"
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var months = new List<MonthPartition>();
        while (await reader.ReadAsync(cancellationToken))
            if (MonthPartition.Of(reader.GetString(0)) is { } month)
                months.Add(month);
        return months;
    }

    private List<MonthPartition> Missing(IReadOnlyList<UsageRecord> records)
    {
        var missing = new List<MonthPartition>();
        for (var i = 0; i < records.Count; i++)
            if (
                MonthPartition.Of(records[i].Id.Call) is { } month
                && !_made.ContainsKey(month)
                && !missing.Contains(month)
            )
                missing.Add(month);
        return missing;
    }

    private async Task<bool> MakeAsync(
        NpgsqlConnection connection,
        List<MonthPartition> months,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.RunAsync(LockTimeout, cancellationToken);
        await PostgreSqlSchemaLock.TakeAsync(connection, cancellationToken);
        var existing = await ReadAsync(connection, cancellationToken);
        foreach (var month in months.Except(existing))
            await MakeAsync(connection, month, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (var month in months.Concat(existing))
            _made[month] = true;
        return true;
    }

    /// <summary>
    /// Attaching an already filled table lets others continue to write meanwhile, except to the default partition,
    /// which is locked so that records of the month can be moved from there.
    /// </summary>
    private static async Task MakeAsync(
        NpgsqlConnection connection,
        MonthPartition month,
        CancellationToken cancellationToken
    )
    {
        var range = $"'{month.From}' AND call_id < '{month.To}'";
        await connection.RunWithoutTimeoutAsync(
            $"""
            LOCK TABLE usage_default IN ACCESS EXCLUSIVE MODE;
            CREATE TABLE {month.Name} (LIKE usage INCLUDING ALL);
            WITH moved AS (DELETE FROM usage_default WHERE call_id >= {range} RETURNING {UsageColumnSql.Join(
                Table.Usage
            )})
            INSERT INTO {month.Name} ({UsageColumnSql.Join(Table.Usage)}) SELECT * FROM moved;
            ALTER TABLE usage ATTACH PARTITION {month.Name} FOR VALUES FROM ('{month.From}') TO ('{month.To}')
            """,
            cancellationToken
        );
    }
}
