using System.Collections.Concurrent;
using Npgsql;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.PostgreSql.Ledger;

/// <summary>
/// Makes the months that a batch needs before it is booked. It only helps: a record without a month goes to the default
/// partition, from where it is fetched when its month is made, so nothing here may fail a batch.
/// </summary>
internal sealed class UsagePartitions(PostgreSqlDatabase database, TimeProvider time)
{
    private static readonly UsageColumns Table = PostgreSqlDialect.Instance.Columns;

    /// <summary>Who waits for a table's lock makes others wait behind it.</summary>
    private const string LockTimeout = "SET LOCAL lock_timeout = '1s'";

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Months that exist, or did; a month that was purged is not made again by this process.</summary>
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

    /// <summary>The months that exist, with the name of each table.</summary>
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
    /// Attaching a table that is already filled lets others go on booking meanwhile, except into the default partition,
    /// which is locked so that what belongs into the month can be fetched from there.
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
