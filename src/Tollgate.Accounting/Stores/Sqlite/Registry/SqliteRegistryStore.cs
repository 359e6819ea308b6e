using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Stores.Sqlite.Registry;

/// <summary>
/// The registry in the ledger's SQLite file. SQLite has no asynchronous calls, so all methods complete on the caller's
/// thread.
/// </summary>
internal sealed class SqliteRegistryStore(LedgerOptions options) : IRegistryStore
{
    public string Location => $"'{options.DatabasePath}'";

    public Task MigrateAsync(CancellationToken cancellationToken = default) =>
        SqliteMigrations.ApplyAsync(options, cancellationToken);

    public Task<long> VersionAsync(CancellationToken cancellationToken = default)
    {
        using var connection = SqliteConnections.OpenForQueries(options.DatabasePath);
        return Task.FromResult(Version(connection));
    }

    public Task<RegistryContents> ReadAsync(
        IReadOnlyList<string>? kinds = null,
        CancellationToken cancellationToken = default
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
        var entries = new List<RegistryEntry>();
        while (rows.Next())
            if (rows.Text(0)! is var kind && kinds?.Contains(kind) != false)
                entries.Add(
                    new RegistryEntry(
                        kind,
                        rows.Text(1)!,
                        rows.Text(2)!,
                        rows.Number(3),
                        StoredTime.ToTime(rows.Number(4))
                    )
                );
        return Task.FromResult(new RegistryContents(number, entries));
    }

    public Task<RegistryOutcome> ApplyAsync(
        IReadOnlyList<RegistryChange> changes,
        CancellationToken cancellationToken = default
    )
    {
        RegistryChanges.Validate(changes);
        if (changes.Count == 0)
            return UnchangedAsync(cancellationToken);
        using var connection = SqliteConnections.OpenForWrites(options.DatabasePath);
        using var transaction = connection.BeginTransaction(); // Immediate: no other process writes until it ends.
        var version = Version(connection);
        if (RegistryChanges.FindConflict(changes, Revisions(connection, changes)) is { } conflict)
            return Task.FromResult(new RegistryOutcome(version, conflict));
        var now = options.TimeProvider.GetUtcNow().ToMicros();
        foreach (var change in changes)
            Write(connection, change, version + 1, now);
        connection.Run("UPDATE directory_version SET version = version + 1");
        transaction.Commit();
        return Task.FromResult(new RegistryOutcome(version + 1, null));
    }

    private async Task<RegistryOutcome> UnchangedAsync(CancellationToken cancellationToken) =>
        new(await VersionAsync(cancellationToken), null);

    private static long Version(SqliteConnection connection) =>
        (long)connection.Scalar("SELECT version FROM directory_version")!;

    private static Dictionary<(string, string), long> Revisions(
        SqliteConnection connection,
        IReadOnlyList<RegistryChange> changes
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

    private static void Write(SqliteConnection connection, RegistryChange change, long revision, long now)
    {
        const string put = """
            INSERT INTO directory_entries (kind, name, value, revision, changed_at) VALUES ($kind, $name, $value, $revision, $now)
            ON CONFLICT (kind, name) DO UPDATE SET value = excluded.value, revision = excluded.revision, changed_at = excluded.changed_at
            """;
        const string delete = "DELETE FROM directory_entries WHERE kind = $kind AND name = $name";
        using var command = change.Value is null
            ? connection.CreateCommand(delete, ("$kind", change.Kind), ("$name", change.Name))
            : connection.CreateCommand(
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
