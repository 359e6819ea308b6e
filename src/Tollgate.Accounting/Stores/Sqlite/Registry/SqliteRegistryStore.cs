using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Stores.Sqlite.Registry;

/// <summary>The registry in the ledger's SQLite file.</summary>
internal sealed class SqliteRegistryStore(LedgerOptions options) : IRegistryStore
{
    private const string SelectEntries = "SELECT kind, name, value, revision, changed_at FROM registry_entries";
    private const string SelectEntriesWithPrefix =
        "SELECT kind, name, value, revision, changed_at, json_extract(value, '$.prefix') FROM registry_entries";
    private const string Find = $"{SelectEntries} WHERE kind = ?1 AND name = ?2 LIMIT ?3";

    /// <summary>The primary key has the names in their order, so the ones that begin with a text come first.</summary>
    private const string FindFrom = $"{SelectEntries} WHERE kind = ?1 AND name >= ?2 ORDER BY name LIMIT ?3";

    /// <summary>The expression is that of the index.</summary>
    private const string FindFromShownPrefix = $"""
        {SelectEntriesWithPrefix} WHERE kind = 'key' AND json_extract(value, '$.prefix') >= ?1
        ORDER BY json_extract(value, '$.prefix') LIMIT ?2
        """;

    public string Location => $"'{options.DatabasePath}'";

    public Task MigrateAsync(CancellationToken cancellationToken = default) =>
        SqliteMigrations.ApplyAsync(options, cancellationToken);

    public Task<long> VersionAsync(CancellationToken cancellationToken = default) =>
        SqliteThreads.Lookups.ReadAsync(options.DatabasePath, ReadVersion, cancellationToken);

    public Task<RegistryContents> ReadAsync(
        IReadOnlyList<string>? kinds = null,
        CancellationToken cancellationToken = default
    ) => SqliteThreads.Lookups.RunAsync(() => Read(kinds), cancellationToken);

    public Task<RegistryEntry?> FindAsync(string kind, string name, CancellationToken cancellationToken = default) =>
        SqliteThreads.Lookups.RunAsync(() => Read(Find, kind, name, 1).SingleOrDefault(), cancellationToken);

    public Task<IReadOnlyList<RegistryEntry>> FindByPrefixAsync(
        string kind,
        string prefix,
        int limit,
        CancellationToken cancellationToken = default
    ) =>
        SqliteThreads.Lookups.RunAsync<IReadOnlyList<RegistryEntry>>(
            () =>
                [
                    .. Read(FindFrom, kind, prefix, limit)
                        .TakeWhile(entry => entry.Name.StartsWith(prefix, StringComparison.Ordinal)),
                ],
            cancellationToken
        );

    public Task<IReadOnlyList<RegistryEntry>> FindKeysByShownPrefixAsync(
        string prefix,
        int limit,
        CancellationToken cancellationToken = default
    ) =>
        SqliteThreads.Lookups.RunAsync<IReadOnlyList<RegistryEntry>>(
            () => ReadFromShownPrefix(prefix, limit),
            cancellationToken
        );

    public async Task<RegistryOutcome> ApplyAsync(
        IReadOnlyList<RegistryChange> changes,
        CancellationToken cancellationToken = default
    )
    {
        RegistryChanges.Validate(changes);
        if (changes.Count == 0)
            return new RegistryOutcome(await VersionAsync(cancellationToken), null);
        return await SqliteThreads.Changes.WriteAsync(
            options.DatabasePath,
            connection => Apply(connection, changes),
            cancellationToken
        );
    }

    private RegistryContents Read(IReadOnlyList<string>? kinds)
    {
        using var database = SqliteDatabase.OpenForQueries(options.DatabasePath);
        database.Execute("BEGIN"); // One snapshot for both statements; it ends with the connection.
        using var version = database.Prepare("read the registry's version", "SELECT version FROM registry_version");
        using var rows = database.Prepare("read the registry", SelectEntries);
        var number = version.ReadNumber();
        var entries = new List<RegistryEntry>();
        while (rows.Next())
            if (kinds?.Contains(rows.Text(0)!) != false)
                entries.Add(ReadEntry(rows));
        return new RegistryContents(number, entries);
    }

    private List<RegistryEntry> Read(string sql, string kind, string name, int limit)
    {
        using var database = SqliteDatabase.OpenForQueries(options.DatabasePath);
        using var rows = database.Prepare("read an entry of the registry", sql);
        rows.Restart().Add(kind).Add(name).Add(limit);
        var entries = new List<RegistryEntry>();
        while (rows.Next())
            entries.Add(ReadEntry(rows));
        return entries;
    }

    private List<RegistryEntry> ReadFromShownPrefix(string prefix, int limit)
    {
        using var database = SqliteDatabase.OpenForQueries(options.DatabasePath);
        using var rows = database.Prepare("find a shown prefix in the registry", FindFromShownPrefix);
        rows.Restart().Add(prefix).Add(limit);
        var entries = new List<RegistryEntry>();
        while (rows.Next() && rows.Text(5)!.StartsWith(prefix, StringComparison.Ordinal))
            entries.Add(ReadEntry(rows));
        return entries;
    }

    private static RegistryEntry ReadEntry(SqliteStatement row) =>
        new(row.Text(0)!, row.Text(1)!, row.Text(2)!, row.Number(3), StoredTime.ToTime(row.Number(4)));

    private RegistryOutcome Apply(SqliteConnection connection, IReadOnlyList<RegistryChange> changes)
    {
        var version = ReadVersion(connection);
        if (RegistryChanges.FindConflict(changes, Revisions(connection, changes)) is { } conflict)
            return new RegistryOutcome(version, conflict);
        var now = options.TimeProvider.GetUtcNow().ToMicros();
        foreach (var change in changes)
            Write(connection, change, version + 1, now);
        connection.Run("UPDATE registry_version SET version = version + 1");
        return new RegistryOutcome(version + 1, null);
    }

    private static long ReadVersion(SqliteConnection connection) =>
        (long)connection.Scalar("SELECT version FROM registry_version")!;

    private static Dictionary<(string, string), long> Revisions(
        SqliteConnection connection,
        IReadOnlyList<RegistryChange> changes
    )
    {
        var found = new Dictionary<(string, string), long>();
        foreach (var change in changes)
        {
            var revision = connection.Scalar(
                "SELECT revision FROM registry_entries WHERE kind = $kind AND name = $name",
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
            INSERT INTO registry_entries (kind, name, value, revision, changed_at)
            VALUES ($kind, $name, $value, $revision, $now)
            ON CONFLICT (kind, name) DO UPDATE
            SET value = excluded.value, revision = excluded.revision, changed_at = excluded.changed_at
            """;
        const string delete = "DELETE FROM registry_entries WHERE kind = $kind AND name = $name";
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
