using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>Converts rows to records.</summary>
internal static class UsageReader
{
    public static readonly string SelectUsage = $"SELECT {UsageColumns.List(UsageColumns.Usage)} FROM usage";

    public static List<UsageRecord> ReadUsage(
        SqliteConnection connection,
        string sql,
        params (string, object?)[] parameters
    )
    {
        using var command = connection.Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var records = new List<UsageRecord>();
        while (reader.Read())
            records.Add(Usage(reader));
        return records;
    }

    /// <summary>Reads the oldest rows with their numbers, without quarantined ones.</summary>
    public static List<(long Seq, BookedUsage Booked)> ReadNumbered(SqliteConnection connection, int count)
    {
        using var command = connection.Command(
            $"SELECT seq, {UsageColumns.List(UsageColumns.Spooled)} FROM usage WHERE refused_at IS NULL ORDER BY seq "
                + $"LIMIT {count}"
        );
        using var reader = command.ExecuteReader();
        var records = new List<(long, BookedUsage)>();
        while (reader.Read())
            records.Add((reader.GetInt64(0), Booked(reader)));
        return records;
    }

    /// <summary>Reads the quarantined rows, most recently rejected first.</summary>
    public static List<RefusedRecord> ReadRefused(SqliteConnection connection, int count)
    {
        using var command = connection.Command(
            $"SELECT refused_at, refusal, {UsageColumns.List(UsageColumns.Usage)} FROM usage WHERE refused_at IS NOT "
                + $"NULL ORDER BY refused_at DESC, seq LIMIT {count}"
        );
        using var reader = command.ExecuteReader();
        var records = new List<RefusedRecord>();
        while (reader.Read())
            records.Add(
                new RefusedRecord(Usage(reader, from: 2), StoredTime.ToTime(reader.GetInt64(0)), reader.GetString(1))
            );
        return records;
    }

    private static BookedUsage Booked(SqliteDataReader reader)
    {
        var charges = 1 + UsageColumns.Usage.Length;
        return new BookedUsage(
            Usage(reader, from: 1),
            reader.IsDBNull(charges) ? null : LimitChargesText.Read(reader.GetString(charges))
        );
    }

    private static UsageRecord Usage(SqliteDataReader reader, int from = 0)
    {
        var row = reader.Row(from);
        return row.Record();
    }
}
