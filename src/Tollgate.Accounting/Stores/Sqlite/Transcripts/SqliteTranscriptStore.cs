using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Stores.Sql.Transcripts;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Transcripts;

namespace Tollgate.Accounting.Stores.Sqlite.Transcripts;

/// <summary>The transcript log in its own SQLite file.</summary>
internal sealed class SqliteTranscriptStore(string path) : ITranscriptStore
{
    private const int PurgeChunk = 500; // Each is a transaction, whose pages are all overwritten.

    private const string InsertEntry = $"""
        INSERT INTO transcript_entries ({TranscriptRow.EntryDetails}, {TranscriptRow.EntryTexts})
        VALUES (
            $id, $at, $type, $call, $attempt, $provider, $model, $key, $user, $project, $session, $application,
            $completion, $message, $truncated, $prompt, $answer)
        ON CONFLICT (id) DO NOTHING
        """;

    private const string InsertDenial = $"""
        INSERT INTO transcript_denials ({TranscriptRow.DenialColumns})
        VALUES (
            $id, $at, $request, $key, $user, $project, $application, $model, $status, $code, $limit, $message, $times)
        ON CONFLICT (id) DO NOTHING
        """;

    public Task<SchemaVersion> MigrateAsync(CancellationToken cancellationToken = default) =>
        SqliteThreads.Changes.RunAsync(
            () =>
            {
                SqliteTranscriptFile.Migrate(path);
                return SqliteTranscriptFile.Version(path);
            },
            path,
            cancellationToken
        );

    public Task<SchemaVersion> SchemaAsync(CancellationToken cancellationToken = default) =>
        SqliteThreads.Lookups.RunAsync(() => SqliteTranscriptFile.Version(path), cancellationToken);

    public Task AppendAsync(
        IReadOnlyList<TranscriptEntry> entries,
        IReadOnlyList<DenialEntry> refusals,
        CancellationToken cancellationToken = default
    ) =>
        SqliteThreads.Changes.RunAsync(
            () =>
            {
                using var connection = SqliteTranscriptFile.OpenForWrites(path);
                connection.Run("BEGIN IMMEDIATE;");
                foreach (var entry in entries)
                    Insert(connection, entry);
                foreach (var refusal in refusals)
                    Insert(connection, refusal);
                connection.Run("COMMIT;");
            },
            path,
            cancellationToken
        );

    public Task<IReadOnlyList<TranscriptEntry>> EntriesAsync(
        TranscriptSelection selection,
        CancellationToken cancellationToken = default
    )
    {
        var texts = selection.WithTexts ? TranscriptRow.EntryTexts : "NULL, NULL";
        return RowsAsync(
            $"SELECT {TranscriptRow.EntryDetails}, {texts} FROM transcript_entries",
            selection,
            TranscriptRow.ReadEntry,
            cancellationToken
        );
    }

    public Task<IReadOnlyList<DenialEntry>> DenialsAsync(
        TranscriptSelection selection,
        CancellationToken cancellationToken = default
    ) =>
        RowsAsync(
            $"SELECT {TranscriptRow.DenialColumns} FROM transcript_denials",
            selection with
            {
                Call = null,
            },
            TranscriptRow.ReadDenial,
            cancellationToken
        );

    public Task<long> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        SqliteThreads.Queries.RunAsync(
            () =>
            {
                using var connection = SqliteTranscriptFile.OpenForWrites(path);
                return Purge(connection, "transcript_entries", before, cancellationToken)
                    + Purge(connection, "transcript_denials", before, cancellationToken);
            },
            cancellationToken
        );

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void Insert(SqliteConnection connection, TranscriptEntry entry)
    {
        using var command = connection.CreateCommand(
            InsertEntry,
            ("$id", entry.Id.ToByteArray(bigEndian: true)),
            ("$at", entry.Time.ToMicros()),
            ("$type", (int)entry.Type),
            ("$call", entry.Call?.ToByteArray(bigEndian: true)),
            ("$attempt", entry.Attempt),
            ("$provider", entry.Provider),
            ("$model", entry.Model),
            ("$key", entry.KeyId),
            ("$user", entry.User),
            ("$project", entry.Project),
            ("$session", entry.Session),
            ("$application", entry.Application),
            ("$completion", entry.CompletionId),
            ("$message", entry.Message),
            ("$truncated", entry.IsTruncated ? 1 : 0),
            ("$prompt", entry.PromptText),
            ("$answer", entry.ResponseText)
        );
        command.ExecuteNonQuery();
    }

    private static void Insert(SqliteConnection connection, DenialEntry refusal)
    {
        using var command = connection.CreateCommand(
            InsertDenial,
            ("$id", refusal.Id.ToByteArray(bigEndian: true)),
            ("$at", refusal.Time.ToMicros()),
            ("$request", refusal.RequestId),
            ("$key", refusal.KeyId),
            ("$user", refusal.User),
            ("$project", refusal.Project),
            ("$application", refusal.Application),
            ("$model", refusal.Model),
            ("$status", refusal.Status),
            ("$code", refusal.Code),
            ("$limit", refusal.Limit),
            ("$message", refusal.Message),
            ("$times", refusal.Count)
        );
        command.ExecuteNonQuery();
    }

    private static long Purge(
        SqliteConnection connection,
        string table,
        DateTimeOffset before,
        CancellationToken cancellationToken
    )
    {
        for (long removed = 0; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var command = connection.CreateCommand(
                $"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE at < $before LIMIT {PurgeChunk})",
                ("$before", before.ToMicros())
            );
            var some = command.ExecuteNonQuery();
            removed += some;
            if (some < PurgeChunk)
                return removed;
        }
    }

    private Task<IReadOnlyList<T>> RowsAsync<T>(
        string select,
        TranscriptSelection selection,
        ReadRow<T> read,
        CancellationToken cancellationToken
    ) =>
        File.Exists(path)
            ? SqliteThreads.Queries.ReadAsync<IReadOnlyList<T>>(
                path,
                connection => ReadRows(connection, select, selection, read),
                cancellationToken
            )
            : Task.FromResult<IReadOnlyList<T>>([]); // Nothing has been written yet.

    private static List<T> ReadRows<T>(
        SqliteConnection connection,
        string select,
        TranscriptSelection selection,
        ReadRow<T> read
    )
    {
        var (conditions, parameters) = Conditions(selection);
        using var command = connection.CreateCommand(
            $"{select} WHERE {conditions} ORDER BY at DESC, id DESC LIMIT $limit",
            parameters
        );
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            var row = reader.CreateCursor();
            rows.Add(read(ref row));
        }

        return rows;
    }

    private static (string Sql, (string, object?)[] Parameters) Conditions(TranscriptSelection selection)
    {
        (string Sql, string Name, object? Value)[] all =
        [
            ("at >= $from", "$from", selection.Period.From?.ToMicros()),
            ("at < $to", "$to", selection.Period.To?.ToMicros()),
            ("call_id = $call", "$call", selection.Call?.ToByteArray(bigEndian: true)),
            ("user_name = $user", "$user", selection.User),
            ("key_id = $key", "$key", selection.KeyId),
        ];
        var asked = Array.FindAll(all, static condition => condition.Value is not null);
        return (
            string.Join(" AND ", asked.Select(static condition => condition.Sql).Prepend("TRUE")),
            [.. asked.Select(static condition => (condition.Name, condition.Value)), ("$limit", selection.Limit)]
        );
    }
}
