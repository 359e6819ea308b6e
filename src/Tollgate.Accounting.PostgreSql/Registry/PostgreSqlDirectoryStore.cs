using Npgsql;
using NpgsqlTypes;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.PostgreSql.Registry;

/// <summary>The registry in the ledger's database.</summary>
internal sealed class PostgreSqlDirectoryStore(
    PostgreSqlDatabase database,
    PostgreSqlMigrations migrations,
    TimeProvider time
) : IDirectoryStore
{
    /// <summary>One statement, hence one snapshot; returns a row without an entry if there are none.</summary>
    private const string Contents = """
        SELECT v.version, e.kind, e.name, e.value, e.revision, e.changed_at
        FROM directory_version v LEFT JOIN directory_entries e ON $1::text[] IS NULL OR e.kind = ANY ($1)
        """;

    private const string Revisions =
        "SELECT kind, name, revision FROM directory_entries WHERE (kind, name) IN (SELECT * FROM unnest($1::text[], "
        + "$2::text[]))";

    private const string Remove =
        "DELETE FROM directory_entries WHERE (kind, name) IN (SELECT * FROM unnest($1::text[], $2::text[]))";

    private const string Put = """
        INSERT INTO directory_entries (kind, name, value, revision, changed_at)
        SELECT kind, name, value, $4, $5 FROM unnest($1::text[], $2::text[], $3::text[]) AS changed (kind, name, value)
        ON CONFLICT (kind, name) DO UPDATE SET value = excluded.value, revision = excluded.revision, changed_at = excluded.changed_at
        """;

    public string Place => database.ToString();

    public Task MigrateAsync(CancellationToken cancellation = default) =>
        migrations.ApplyAsync(PostgreSqlMigrations.KnownVersion, cancellation);

    public Task<long> VersionAsync(CancellationToken cancellation = default) =>
        database.RunAsync(
            connection => connection.NumberAsync("SELECT version FROM directory_version", cancellation),
            cancellation
        );

    public Task<DirectoryContents> ReadAsync(
        IReadOnlyList<string>? kinds = null,
        CancellationToken cancellation = default
    ) => database.RunAsync(connection => ReadAsync(connection, kinds, cancellation), cancellation);

    public async Task<DirectoryOutcome> ApplyAsync(
        IReadOnlyList<DirectoryChange> changes,
        CancellationToken cancellation = default
    )
    {
        DirectoryChanges.Check(changes);
        if (changes.Count == 0)
            return new DirectoryOutcome(await VersionAsync(cancellation), null);
        return await database.RunTransactionAsync(
            connection => ApplyAsync(connection, changes, cancellation),
            cancellation
        );
    }

    private async Task<DirectoryOutcome> ApplyAsync(
        NpgsqlConnection connection,
        IReadOnlyList<DirectoryChange> changes,
        CancellationToken cancellation
    )
    {
        var version = await connection.NumberAsync("SELECT version FROM directory_version FOR UPDATE", cancellation);
        if (
            DirectoryChanges.FindConflict(changes, await RevisionsAsync(connection, changes, cancellation)) is
            { } conflict
        )
            return new(version, conflict);
        var gone = changes.Where(static change => change.Value is null).ToList();
        var put = changes.Where(static change => change.Value is not null).ToList();
        if (gone.Count > 0)
            await connection.RunAsync(Remove, cancellation, Kinds(gone), Names(gone));
        if (put.Count > 0)
        {
            await connection.RunAsync(
                Put,
                cancellation,
                Kinds(put),
                Names(put),
                Texts([.. put.Select(static change => change.Value!)]),
                PostgreSqlCommands.Number(version + 1),
                PostgreSqlCommands.Time(time.GetUtcNow())
            );
        }

        await connection.RunAsync("UPDATE directory_version SET version = version + 1", cancellation);
        return new(version + 1, null);
    }

    private static async Task<DirectoryContents> ReadAsync(
        NpgsqlConnection connection,
        IReadOnlyList<string>? kinds,
        CancellationToken cancellation
    )
    {
        await using var command = connection.Command(Contents, Texts(kinds is null ? null : [.. kinds]));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<DirectoryEntry>();
        long version = 0;
        while (await reader.ReadAsync(cancellation))
        {
            version = reader.GetInt64(0);
            if (reader.IsDBNull(1))
                continue;
            var changed = PostgreSqlCommands.FromStored(reader.GetFieldValue<long>(5));
            entries.Add(
                new DirectoryEntry(
                    reader.GetString(1),
                    reader.GetString(2),
                    reader.GetString(3),
                    reader.GetInt64(4),
                    changed
                )
            );
        }

        return new DirectoryContents(version, entries);
    }

    private static async Task<Dictionary<(string, string), long>> RevisionsAsync(
        NpgsqlConnection connection,
        IReadOnlyList<DirectoryChange> changes,
        CancellationToken cancellation
    )
    {
        await using var command = connection.Command(Revisions, Kinds(changes), Names(changes));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new Dictionary<(string, string), long>();
        while (await reader.ReadAsync(cancellation))
            found[(reader.GetString(0), reader.GetString(1))] = reader.GetInt64(2);
        return found;
    }

    private static NpgsqlParameter Kinds(IReadOnlyList<DirectoryChange> changes) =>
        Texts([.. changes.Select(static change => change.Kind)]);

    private static NpgsqlParameter Names(IReadOnlyList<DirectoryChange> changes) =>
        Texts([.. changes.Select(static change => change.Name)]);

    private static NpgsqlParameter Texts(string[]? values) =>
        new() { Value = (object?)values ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
