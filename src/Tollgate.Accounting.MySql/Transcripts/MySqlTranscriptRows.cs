using MySqlConnector;
using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.Transcripts;
using static Tollgate.Accounting.Stores.Sql.Transcripts.TranscriptRow;

namespace Tollgate.Accounting.MySql.Transcripts;

/// <summary>Writes the rows of a transcript log.</summary>
internal static class MySqlTranscriptRows
{
    /// <summary>
    /// An existing row stays unchanged; IGNORE would also silently truncate values that do not fit their column.
    /// </summary>
    public const string InsertEntry =
        $"INSERT INTO transcript_entries ({EntryDetails}, {EntryTexts}) "
        + "VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, "
        + $"@p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17) ON DUPLICATE KEY UPDATE id = id";

    public const string InsertDenial =
        $"INSERT INTO transcript_denials ({DenialColumns}) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, "
        + $"@p11, @p12, @p13) ON DUPLICATE KEY UPDATE id = id";

    public static MySqlParameter[] Parameters(TranscriptEntry entry) =>
        [
            MySqlCommands.Id(entry.Id),
            MySqlCommands.Time(entry.Time),
            MySqlCommands.Number((long)entry.Type),
            entry.Call is { } call ? MySqlCommands.Id(call) : Null(MySqlDbType.Binary),
            entry.Attempt is { } attempt ? MySqlCommands.Number(attempt) : Null(MySqlDbType.Int64),
            Text(entry.Provider),
            Text(entry.Model),
            Text(entry.KeyId),
            Text(entry.User),
            Text(entry.Project),
            Text(entry.Session),
            Text(entry.Application),
            Text(entry.CompletionId),
            Text(entry.Message),
            MySqlCommands.Number(entry.IsTruncated ? 1 : 0),
            Text(entry.PromptText),
            Text(entry.ResponseText),
        ];

    public static MySqlParameter[] Parameters(DenialEntry refusal) =>
        [
            MySqlCommands.Id(refusal.Id),
            MySqlCommands.Time(refusal.Time),
            Text(refusal.RequestId),
            Text(refusal.KeyId),
            Text(refusal.User),
            Text(refusal.Project),
            Text(refusal.Application),
            Text(refusal.Model),
            MySqlCommands.Number(refusal.Status),
            Text(refusal.Code),
            Text(refusal.Limit),
            Text(refusal.Message),
            MySqlCommands.Number(refusal.Count),
        ];

    private static MySqlParameter Text(string? text) =>
        text is null ? Null(MySqlDbType.VarChar) : MySqlCommands.Text(text);

    private static MySqlParameter Null(MySqlDbType type) => new() { MySqlDbType = type, Value = DBNull.Value };
}
