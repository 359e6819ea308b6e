using Microsoft.Data.Sqlite;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger.Stores.Sqlite;

/// <summary>Rows to records. The initialisers below run in the order of <see cref="UsageColumns"/>.</summary>
internal static class UsageReader
{
    public static readonly string SelectUsage = $"SELECT {UsageColumns.List(UsageColumns.Usage)} FROM usage";

    private static readonly string SelectOpen = $"SELECT {UsageColumns.List(UsageColumns.Open)} FROM open_attempts";

    public static List<UsageRecord> ReadUsage(SqliteConnection connection, string sql, params (string, object?)[] parameters)
    {
        using var command = connection.Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var records = new List<UsageRecord>();
        while (reader.Read()) records.Add(Usage(new RowCursor(reader)));
        return records;
    }

    public static List<OpenAttempt> ReadOpenAttempts(SqliteConnection connection) =>
        ReadOpen(connection, $"{SelectOpen} ORDER BY started_at, call_id, attempt");

    public static List<OpenAttempt> ReadOpenAttempts(SqliteConnection connection, Guid gate, int limit) =>
        ReadOpen(connection, $"{SelectOpen} WHERE gate_id = $gate LIMIT $limit", ("$gate", gate.ToByteArray(bigEndian: true)), ("$limit", limit));

    public static List<Guid> ReadGates(SqliteConnection connection)
    {
        using var command = connection.Command("SELECT DISTINCT gate_id FROM open_attempts");
        using var reader = command.ExecuteReader();
        var gates = new List<Guid>();
        while (reader.Read()) gates.Add(new RowCursor(reader).Id());
        return gates;
    }

    private static List<OpenAttempt> ReadOpen(SqliteConnection connection, string sql, params (string, object?)[] parameters)
    {
        using var command = connection.Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var attempts = new List<OpenAttempt>();
        while (reader.Read()) attempts.Add(Open(new RowCursor(reader)));
        return attempts;
    }

    private static OpenAttempt Open(RowCursor row) => new()
    {
        Id = row.Call(),
        StartedAt = row.Time(),
        Provider = row.Text(),
        Model = row.Text(),
        ModelGroup = row.TextOrNull(),
        Deployment = row.TextOrNull(),
        Operation = row.Text(),
        Streamed = row.Number() != 0,
        ServiceTier = (ServiceTier)row.Number(),
        Attribution = row.Attribution(),
        UpperBound = row.Usage(),
    };

    private static UsageRecord Usage(RowCursor row) => new()
    {
        Id = row.Call(),
        StartedAt = row.Time(),
        Provider = row.Text(),
        Model = row.Text(),
        ModelGroup = row.TextOrNull(),
        Deployment = row.TextOrNull(),
        Operation = row.Text(),
        Streamed = row.Number() != 0,
        ServiceTier = (ServiceTier)row.Number(),
        Attribution = row.Attribution(),
        Usage = row.Usage(),
        Duration = row.Duration(),
        TimeToFirstToken = row.DurationOrNull(),
        ResponseModel = row.TextOrNull(),
        UsageSource = (UsageSource)row.Number(),
        Cost = row.NumberOrNull() is { } pico ? Money.FromPico(pico) : null,
        CostSource = row.TextOrNull(),
        Outcome = (CallOutcome)row.Number(),
        StatusCode = (int)row.Number(),
        ErrorType = row.TextOrNull(),
        ResponseId = row.TextOrNull(),
        Corrects = row.CallOrNull(),
    };
}
