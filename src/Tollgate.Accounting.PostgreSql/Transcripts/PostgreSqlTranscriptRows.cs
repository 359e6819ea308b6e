using Npgsql;
using NpgsqlTypes;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Transcripts;
using static Tollgate.Accounting.Stores.Sql.Transcripts.TranscriptRow;

namespace Tollgate.Accounting.PostgreSql.Transcripts;

/// <summary>Writes the rows of a transcript log.</summary>
internal static class PostgreSqlTranscriptRows
{
    private const string InsertEntry =
        $"INSERT INTO transcript_entries ({EntryDetails}, {EntryTexts}) "
        + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
        + $"$11, $12, $13, $14, $15, $16, $17) ON CONFLICT (id) DO NOTHING";

    private const string InsertDenial =
        $"INSERT INTO transcript_denials ({DenialColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
        + $"$13) ON CONFLICT (id) DO NOTHING";

    public static NpgsqlBatchCommand Insert(TranscriptEntry entry) =>
        Command(
            InsertEntry,
            PostgreSqlCommands.Id(entry.Id),
            PostgreSqlCommands.Time(entry.Time),
            Value((short)entry.Type, NpgsqlDbType.Smallint),
            Value(entry.Call, NpgsqlDbType.Uuid),
            Value(entry.Attempt, NpgsqlDbType.Integer),
            Text(entry.Provider),
            Text(entry.Model),
            Text(entry.KeyId),
            Text(entry.User),
            Text(entry.Project),
            Text(entry.Session),
            Text(entry.Application),
            Text(entry.CompletionId),
            Text(entry.Message),
            Value(entry.IsTruncated, NpgsqlDbType.Boolean),
            Text(entry.PromptText),
            Text(entry.ResponseText)
        );

    public static NpgsqlBatchCommand Insert(DenialEntry refusal) =>
        Command(
            InsertDenial,
            PostgreSqlCommands.Id(refusal.Id),
            PostgreSqlCommands.Time(refusal.Time),
            Text(refusal.RequestId),
            Text(refusal.KeyId),
            Text(refusal.User),
            Text(refusal.Project),
            Text(refusal.Application),
            Text(refusal.Model),
            Value(refusal.Status, NpgsqlDbType.Integer),
            Text(refusal.Code),
            Text(refusal.Limit),
            Text(refusal.Message),
            PostgreSqlCommands.Number(refusal.Count)
        );

    private static NpgsqlParameter Text(string? text) =>
        text is null ? Value(null, NpgsqlDbType.Text) : PostgreSqlCommands.Text(text);

    private static NpgsqlParameter Value(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    private static NpgsqlBatchCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }
}
