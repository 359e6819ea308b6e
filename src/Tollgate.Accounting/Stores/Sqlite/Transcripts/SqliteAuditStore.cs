using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Stores.Sql.Transcripts;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Transcripts;

namespace Tollgate.Accounting.Stores.Sqlite.Transcripts;

/// <summary>The transcript log in its own SQLite file.</summary>
internal sealed class SqliteAuditStore(string path) : IAuditStore
{
    private const int PurgeChunk = 500; // Each is a transaction, whose pages are all overwritten.

    private const string InsertEntry = $"""
        INSERT INTO audit_entries ({AuditRow.EntryDetails}, {AuditRow.EntryTexts})
        VALUES ($id, $at, $type, $call, $attempt, $provider, $model, $key, $user, $project, $session, $application, $completion, $message, $truncated, $prompt, $answer)
        ON CONFLICT (id) DO NOTHING
        """;

    private const string InsertRefusal = $"""
        INSERT INTO audit_refusals ({AuditRow.RefusalColumns})
        VALUES ($id, $at, $request, $key, $user, $project, $application, $model, $status, $code, $limit, $message, $times)
        ON CONFLICT (id) DO NOTHING
        """;

    public Task<SchemaVersion> MigrateAsync(CancellationToken cancellation = default) =>
        Task.Run(
            () =>
            {
                SqliteAuditFile.Migrate(path);
                return SqliteAuditFile.Version(path);
            },
            cancellation
        );

    public Task<SchemaVersion> SchemaAsync(CancellationToken cancellation = default) =>
        Task.Run(() => SqliteAuditFile.Version(path), cancellation);

    public Task AppendAsync(
        IReadOnlyList<AuditEntry> entries,
        IReadOnlyList<RefusalEntry> refusals,
        CancellationToken cancellation = default
    ) =>
        Task.Run(
            () =>
            {
                using var connection = SqliteAuditFile.OpenForWrites(path);
                connection.Run("BEGIN IMMEDIATE;");
                foreach (var entry in entries)
                    Insert(connection, entry);
                foreach (var refusal in refusals)
                    Insert(connection, refusal);
                connection.Run("COMMIT;");
            },
            cancellation
        );

    public Task<IReadOnlyList<AuditEntry>> EntriesAsync(
        AuditSelection selection,
        CancellationToken cancellation = default
    )
    {
        var texts = selection.WithTexts ? AuditRow.EntryTexts : "NULL, NULL";
        return RowsAsync($"SELECT {AuditRow.EntryDetails}, {texts} FROM audit_entries", selection, AuditRow.Entry);
    }

    public Task<IReadOnlyList<RefusalEntry>> RefusalsAsync(
        AuditSelection selection,
        CancellationToken cancellation = default
    ) =>
        RowsAsync(
            $"SELECT {AuditRow.RefusalColumns} FROM audit_refusals",
            selection with
            {
                Call = null,
            },
            AuditRow.Refusal
        );

    public Task<long> PurgeAsync(DateTimeOffset before, CancellationToken cancellation = default) =>
        Task.Run(
            () =>
            {
                using var connection = SqliteAuditFile.OpenForWrites(path);
                return Purge(connection, "audit_entries", before, cancellation)
                    + Purge(connection, "audit_refusals", before, cancellation);
            },
            cancellation
        );

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void Insert(SqliteConnection connection, AuditEntry entry)
    {
        using var command = connection.Command(
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
            ("$answer", entry.AnswerText)
        );
        command.ExecuteNonQuery();
    }

    private static void Insert(SqliteConnection connection, RefusalEntry refusal)
    {
        using var command = connection.Command(
            InsertRefusal,
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
        CancellationToken cancellation
    )
    {
        for (long removed = 0; ;)
        {
            cancellation.ThrowIfCancellationRequested();
            using var command = connection.Command(
                $"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE at < $before LIMIT {PurgeChunk})",
                ("$before", before.ToMicros())
            );
            var some = command.ExecuteNonQuery();
            removed += some;
            if (some < PurgeChunk)
                return removed;
        }
    }

    private Task<IReadOnlyList<T>> RowsAsync<T>(string select, AuditSelection selection, ReadRow<T> read) =>
        Task.Run<IReadOnlyList<T>>(() =>
        {
            var rows = new List<T>();
            if (!File.Exists(path))
                return rows; // Nothing has been written yet.
            var (conditions, parameters) = Conditions(selection);
            using var connection = SqliteConnections.OpenForQueries(path);
            using var command = connection.Command(
                $"{select} WHERE {conditions} ORDER BY at DESC, id DESC LIMIT $limit",
                parameters
            );
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                var row = reader.Row();
                rows.Add(read(ref row));
            }

            return rows;
        });

    private static (string Sql, (string, object?)[] Parameters) Conditions(AuditSelection selection)
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
