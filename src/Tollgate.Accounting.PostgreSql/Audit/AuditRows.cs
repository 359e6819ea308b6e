using Npgsql;
using NpgsqlTypes;
using Tollgate.Accounting.Audit;

namespace Tollgate.Accounting.PostgreSql.Audit;

/// <summary>The rows of an audit log, to and from their columns.</summary>
internal static class AuditRows
{
    public const string EntryDetails = "id, at, type, call_id, attempt, provider, model, key_id, user_name, project, session, application, completion_id, message, truncated";
    public const string EntryTexts = "prompt_text, answer_text";
    public const string RefusalColumns = "id, at, request_id, key_id, user_name, project, application, model, status, code, limit_name, message, times";

    private const string InsertEntry =
        $"INSERT INTO audit_entries ({EntryDetails}, {EntryTexts}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) ON CONFLICT (id) DO NOTHING";

    private const string InsertRefusal =
        $"INSERT INTO audit_refusals ({RefusalColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (id) DO NOTHING";

    public static NpgsqlBatchCommand Insert(AuditEntry entry) => Command(
        InsertEntry,
        PostgreSqlCommands.Id(entry.Id), PostgreSqlCommands.Time(entry.Time), Value((short)entry.Type, NpgsqlDbType.Smallint), Value(entry.Call, NpgsqlDbType.Uuid),
        Value(entry.Attempt, NpgsqlDbType.Integer), Text(entry.Provider), Text(entry.Model), Text(entry.KeyId), Text(entry.User), Text(entry.Project), Text(entry.Session),
        Text(entry.Application), Text(entry.CompletionId), Text(entry.Message), Value(entry.IsTruncated, NpgsqlDbType.Boolean), Text(entry.PromptText), Text(entry.AnswerText));

    public static NpgsqlBatchCommand Insert(RefusalEntry refusal) => Command(
        InsertRefusal,
        PostgreSqlCommands.Id(refusal.Id), PostgreSqlCommands.Time(refusal.Time), Text(refusal.RequestId), Text(refusal.KeyId), Text(refusal.User), Text(refusal.Project),
        Text(refusal.Application), Text(refusal.Model), Value(refusal.Status, NpgsqlDbType.Integer), Text(refusal.Code), Text(refusal.Limit), Text(refusal.Message),
        PostgreSqlCommands.Number(refusal.Count));

    public static AuditEntry Entry(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Time = Time(row, 1),
        Type = (AuditEntryType)row.GetInt16(2),
        Call = row.IsDBNull(3) ? null : row.GetGuid(3),
        Attempt = row.IsDBNull(4) ? null : row.GetInt32(4),
        Provider = Text(row, 5),
        Model = Text(row, 6),
        KeyId = Text(row, 7),
        User = Text(row, 8),
        Project = Text(row, 9),
        Session = Text(row, 10),
        Application = Text(row, 11),
        CompletionId = Text(row, 12),
        Message = Text(row, 13),
        IsTruncated = row.GetBoolean(14),
        PromptText = Text(row, 15),
        AnswerText = Text(row, 16),
    };

    public static RefusalEntry Refusal(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Time = Time(row, 1),
        RequestId = Text(row, 2),
        KeyId = Text(row, 3),
        User = Text(row, 4),
        Project = Text(row, 5),
        Application = Text(row, 6),
        Model = Text(row, 7),
        Status = row.GetInt32(8),
        Code = row.GetString(9),
        Limit = Text(row, 10),
        Message = Text(row, 11),
        Count = row.GetInt64(12),
    };

    private static DateTimeOffset Time(NpgsqlDataReader row, int column) => PostgreSqlCommands.FromStored(row.GetFieldValue<long>(column));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static NpgsqlParameter Text(string? text) => text is null ? Value(null, NpgsqlDbType.Text) : PostgreSqlCommands.Text(text);

    private static NpgsqlParameter Value(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    private static NpgsqlBatchCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }
}
