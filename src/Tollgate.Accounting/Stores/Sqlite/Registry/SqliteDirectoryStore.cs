using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Stores.Sqlite.Registry;

/// <summary>
/// The registry in the ledger's SQLite file. SQLite has no asynchronous calls, so all methods complete on the caller's
/// thread.
/// </summary>
internal sealed class SqliteDirectoryStore(LedgerOptions options) : IDirectoryStore
{
    public string Place => $"'{options.DatabasePath}'";

    public Task MigrateAsync(CancellationToken cancellation = default) =>
        SqliteMigrations.ApplyAsync(options, cancellation);

    public Task<long> VersionAsync(CancellationToken cancellation = default)
    {
        using var connection = SqliteConnections.OpenForQueries(options.DatabasePath);
        return Task.FromResult(Version(connection));
    }

    public Task<DirectoryContents> ReadAsync(
        IReadOnlyList<string>? kinds = null,
        CancellationToken cancellation = default
    )
    {
        using var database = SqliteDatabase.OpenForQueries(options.DatabasePath);
        database.Execute("BEGIN"); // One snapshot for both statements; it ends with the connection.
        using var version = database.Prepare("read the directory's version", "SELECT version FROM directory_version");
        using var rows = database.Prepare(
            "read the directory",
            "SELECT kind, name, value, revision, changed_at FROM directory_entries"
        );
        var number = version.ReadNumber();
        var entries = new List<DirectoryEntry>();
        while (rows.Next())
            if (rows.Text(0)! is var kind && kinds?.Contains(kind) != false)
                entries.Add(
                    new DirectoryEntry(
                        kind,
                        rows.Text(1)!,
                        rows.Text(2)!,
                        rows.Number(3),
                        StoredTime.ToTime(rows.Number(4))
                    )
                );
        return Task.FromResult(new DirectoryContents(number, entries));
    }

    public Task<DirectoryOutcome> ApplyAsync(
        IReadOnlyList<DirectoryChange> changes,
        CancellationToken cancellation = default
    )
    {
        DirectoryChanges.Check(changes);
        if (changes.Count == 0)
            return UnchangedAsync(cancellation);
        using var connection = SqliteConnections.OpenForWrites(options.DatabasePath);
        using var transaction = connection.BeginTransaction(); // Immediate: no other process writes until it ends.
        var version = Version(connection);
        if (DirectoryChanges.FindConflict(changes, Revisions(connection, changes)) is { } conflict)
            return Task.FromResult(new DirectoryOutcome(version, conflict));
        var now = options.TimeProvider.GetUtcNow().ToMicros();
        foreach (var change in changes)
            Write(connection, change, version + 1, now);
        connection.Run("UPDATE directory_version SET version = version + 1");
        transaction.Commit();
        return Task.FromResult(new DirectoryOutcome(version + 1, null));
    }

    private async Task<DirectoryOutcome> UnchangedAsync(CancellationToken cancellation) =>
        new(await VersionAsync(cancellation), null);

    private static long Version(SqliteConnection connection) =>
        (long)connection.Scalar("SELECT version FROM directory_version")!;

    private static Dictionary<(string, string), long> Revisions(
        SqliteConnection connection,
        IReadOnlyList<DirectoryChange> changes
    )
    {
        var found = new Dictionary<(string, string), long>();
        foreach (var change in changes)
        {
            var revision = connection.Scalar(
                "SELECT revision FROM directory_entries WHERE kind = $kind AND name = $name",
                ("$kind", change.Kind),
                ("$name", change.Name)
            );
            if (revision is long number)
                found[(change.Kind, change.Name)] = number;
        }

        return found;
    }

    private static void Write(SqliteConnection connection, DirectoryChange change, long revision, long now)
    {
        const string put = """
            INSERT INTO directory_entries (kind, name, value, revision, changed_at) VALUES ($kind, $name, $value, $revision, $now)
            ON CONFLICT (kind, name) DO UPDATE SET value = excluded.value, revision = excluded.revision, changed_at = excluded.changed_at
            """;
        const string delete = "DELETE FROM directory_entries WHERE kind = $kind AND name = $name";
        using var command = change.Value is null
            ? connection.Command(delete, ("$kind", change.Kind), ("$name", change.Name))
            : connection.Command(
                put,
                ("$kind", change.Kind),
                ("$name", change.Name),
                ("$value", change.Value),
                ("$revision", revision),
                ("$now", now)
            );
        command.ExecuteNonQuery();
    }
}
