using MySql.Data.MySqlClient;
using Tollgate.Accounting.Audit;
using Tollgate.Accounting.Ledger;

namespace Tollgate.Accounting.MySql.Audit;

/// <summary>The rows of an audit log, to and from their columns.</summary>
internal static class AuditRows
{
    public const string EntryDetails = "id, at, type, call_id, attempt, provider, model, key_id, user_name, project, session, application, completion_id, message, truncated";
    public const string EntryTexts = "prompt_text, answer_text";
    public const string RefusalColumns = "id, at, request_id, key_id, user_name, project, application, model, status, code, limit_name, message, times";

    /// <summary>A row that is there already stays as it is; IGNORE would also cut in silence what a column has no room for.</summary>
    public const string InsertEntry =
        $"INSERT INTO audit_entries ({EntryDetails}, {EntryTexts}) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17) ON DUPLICATE KEY UPDATE id = id";

    public const string InsertRefusal =
        $"INSERT INTO audit_refusals ({RefusalColumns}) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13) ON DUPLICATE KEY UPDATE id = id";

    public static MySqlParameter[] Parameters(AuditEntry entry) =>
    [
        MySqlCommands.Id(entry.Id), MySqlCommands.Time(entry.Time), MySqlCommands.Number((long)entry.Type), entry.Call is { } call ? MySqlCommands.Id(call) : Null(MySqlDbType.Binary),
        entry.Attempt is { } attempt ? MySqlCommands.Number(attempt) : Null(MySqlDbType.Int64), Text(entry.Provider), Text(entry.Model), Text(entry.KeyId), Text(entry.User),
        Text(entry.Project), Text(entry.Session), Text(entry.Application), Text(entry.CompletionId), Text(entry.Message), MySqlCommands.Number(entry.IsTruncated ? 1 : 0),
        Text(entry.PromptText), Text(entry.AnswerText),
    ];

    public static MySqlParameter[] Parameters(RefusalEntry refusal) =>
    [
        MySqlCommands.Id(refusal.Id), MySqlCommands.Time(refusal.Time), Text(refusal.RequestId), Text(refusal.KeyId), Text(refusal.User), Text(refusal.Project),
        Text(refusal.Application), Text(refusal.Model), MySqlCommands.Number(refusal.Status), Text(refusal.Code), Text(refusal.Limit), Text(refusal.Message),
        MySqlCommands.Number(refusal.Count),
    ];

    public static AuditEntry Entry(MySqlDataReader row) => new()
    {
        Id = Id(row, 0)!.Value,
        Time = StoredTime.ToTime(row.GetInt64(1)),
        Type = (AuditEntryType)row.GetInt16(2),
        Call = Id(row, 3),
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
        IsTruncated = row.GetInt64(14) != 0,
        PromptText = Text(row, 15),
        AnswerText = Text(row, 16),
    };

    public static RefusalEntry Refusal(MySqlDataReader row) => new()
    {
        Id = Id(row, 0)!.Value,
        Time = StoredTime.ToTime(row.GetInt64(1)),
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

    private static Guid? Id(MySqlDataReader row, int column) => row.IsDBNull(column) ? null : new Guid((byte[])row.GetValue(column), bigEndian: true);

    private static string? Text(MySqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static MySqlParameter Text(string? text) => text is null ? Null(MySqlDbType.VarChar) : MySqlCommands.Text(text);

    private static MySqlParameter Null(MySqlDbType type) => new() { MySqlDbType = type, Value = DBNull.Value };
}
