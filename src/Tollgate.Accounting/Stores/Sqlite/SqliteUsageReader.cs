using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>Converts rows to records.</summary>
internal static class SqliteUsageReader
{
    public static readonly string SelectUsage =
        $"SELECT {SqliteUsageColumns.Join(SqliteUsageColumns.Usage)} FROM usage";

    public static List<UsageRecord> ReadUsage(
        SqliteConnection connection,
        string sql,
        params (string, object?)[] parameters
    )
    {
        using var command = connection.CreateCommand(sql, parameters);
        using var reader = command.ExecuteReader();
        var records = new List<UsageRecord>();
        while (reader.Read())
            records.Add(Usage(reader));
        return records;
    }

    /// <summary>Reads the oldest rows with their numbers, without quarantined ones.</summary>
    public static List<(long Seq, ChargedRecord Booked)> ReadNumbered(SqliteConnection connection, int count)
    {
        using var command = connection.CreateCommand(
            $"SELECT seq, {SqliteUsageColumns.Join(SqliteUsageColumns.Spooled)} FROM usage WHERE refused_at IS NULL "
                + $"ORDER BY seq "
                + $"LIMIT {count}"
        );
        using var reader = command.ExecuteReader();
        var records = new List<(long, ChargedRecord)>();
        while (reader.Read())
            records.Add((reader.GetInt64(0), Booked(reader)));
        return records;
    }

    /// <summary>Reads the quarantined rows, most recently rejected first.</summary>
    public static List<QuarantinedRecord> ReadQuarantined(SqliteConnection connection, int count)
    {
        using var command = connection.CreateCommand(
            $"SELECT refused_at, refusal, {SqliteUsageColumns.Join(SqliteUsageColumns.Usage)} FROM usage WHERE "
                + $"refused_at IS NOT "
                + $"NULL ORDER BY refused_at DESC, seq LIMIT {count}"
        );
        using var reader = command.ExecuteReader();
        var records = new List<QuarantinedRecord>();
        while (reader.Read())
            records.Add(
                new QuarantinedRecord(
                    Usage(reader, from: 2),
                    StoredTime.ToTime(reader.GetInt64(0)),
                    reader.GetString(1)
                )
            );
        return records;
    }

    private static ChargedRecord Booked(SqliteDataReader reader)
    {
        var charges = 1 + SqliteUsageColumns.Usage.Length;
        return new ChargedRecord(
            Usage(reader, from: 1),
            reader.IsDBNull(charges) ? null : LimitChargesSerializer.Read(reader.GetString(charges))
        );
    }

    private static UsageRecord Usage(SqliteDataReader reader, int from = 0)
    {
        var row = reader.CreateCursor(from);
        return row.ReadRecord();
    }
}
