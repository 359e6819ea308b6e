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
    private static readonly UsageColumns Table = PostgreSqlDialect.Instance.Columns;

    /// <summary>Waiting for a table's lock makes others wait behind it.</summary>
    private const string LockTimeout = "SET LOCAL lock_timeout = '1s'";

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Months that exist or existed; a purged month is not created again by this process.</summary>
    private readonly ConcurrentDictionary<MonthPartition, bool> _made = new();

    private long _notBefore = long.MinValue;

    public async Task EnsureAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellation)
    {
        var missing = Missing(records);
        if (missing.Count == 0 || time.GetTimestamp() < Volatile.Read(ref _notBefore))
            return;
        try
        {
            await database.RunAsync(connection => MakeAsync(connection, missing, cancellation), cancellation);
        }
        catch (Exception failure) when (PostgreSqlFault.IsPartitionConflict(failure))
        {
            Volatile.Write(ref _notBefore, time.GetTimestamp() + (long)(Pause.TotalSeconds * time.TimestampFrequency));
        }
    }

    /// <summary>Returns the existing months, with the name of each table.</summary>
    public static async Task<List<MonthPartition>> ReadAsync(
        NpgsqlConnection connection,
        CancellationToken cancellation
    )
    {
        await using var command = connection.Command(
            "SELECT c.relname::text FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = "
                + "'usage'::regclass"
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var months = new List<MonthPartition>();
        while (await reader.ReadAsync(cancellation))
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
        CancellationToken cancellation
    )
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.RunAsync(LockTimeout, cancellation);
        await SchemaLock.TakeAsync(connection, cancellation);
        var existing = await ReadAsync(connection, cancellation);
        foreach (var month in months.Except(existing))
            await MakeAsync(connection, month, cancellation);
        await transaction.CommitAsync(cancellation);
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
        CancellationToken cancellation
    )
    {
        var range = $"'{month.From}' AND call_id < '{month.To}'";
        await connection.RunPatientlyAsync(
            $"""
            LOCK TABLE usage_default IN ACCESS EXCLUSIVE MODE;
            CREATE TABLE {month.Name} (LIKE usage INCLUDING ALL);
            WITH moved AS (DELETE FROM usage_default WHERE call_id >= {range} RETURNING {UsageColumns.List(
                Table.Usage
            )})
            INSERT INTO {month.Name} ({UsageColumns.List(Table.Usage)}) SELECT * FROM moved;
            ALTER TABLE usage ATTACH PARTITION {month.Name} FOR VALUES FROM ('{month.From}') TO ('{month.To}')
            """,
            cancellation
        );
    }
}
