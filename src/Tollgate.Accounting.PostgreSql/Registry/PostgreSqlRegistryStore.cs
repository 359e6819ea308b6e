using Npgsql;
using NpgsqlTypes;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.PostgreSql.Registry;

/// <summary>The registry in the ledger's database.</summary>
internal sealed class PostgreSqlRegistryStore(
    PostgreSqlDatabase database,
    PostgreSqlMigrations migrations,
    TimeProvider time
) : IRegistryStore
{
    /// <summary>One statement, hence one snapshot; returns a row without an entry if there are none.</summary>
    private const string Contents = """
        SELECT v.version, e.kind, e.name, e.value, e.revision, e.changed_at
        FROM directory_version v LEFT JOIN directory_entries e ON $1::text[] IS NULL OR e.kind = ANY ($1)
        """;

    private const string Find =
        "SELECT kind, name, value, revision, changed_at FROM directory_entries WHERE kind = $1 AND name = $2 LIMIT $3";

    /// <summary>The primary key has the names in their order, so the ones that begin with a text come first.</summary>
    private const string FindFrom =
        "SELECT kind, name, value, revision, changed_at FROM directory_entries WHERE kind = $1 AND name >= $2 "
        + "ORDER BY name LIMIT $3";

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

    public string Location => database.ToString();

    public Task MigrateAsync(CancellationToken cancellationToken = default) =>
        migrations.ApplyAsync(PostgreSqlMigrations.KnownVersion, cancellationToken);

    public Task<long> VersionAsync(CancellationToken cancellationToken = default) =>
        database.RunAsync(
            connection => connection.NumberAsync("SELECT version FROM directory_version", cancellationToken),
            cancellationToken
        );

    public Task<RegistryContents> ReadAsync(
        IReadOnlyList<string>? kinds = null,
        CancellationToken cancellationToken = default
    ) => database.RunAsync(connection => ReadAsync(connection, kinds, cancellationToken), cancellationToken);

    public Task<RegistryEntry?> FindAsync(string kind, string name, CancellationToken cancellationToken = default) =>
        database.RunAsync(
            async connection => (await FindAsync(connection, Find, kind, name, 1, cancellationToken)).SingleOrDefault(),
            cancellationToken
        );

    public Task<IReadOnlyList<RegistryEntry>> FindByPrefixAsync(
        string kind,
        string prefix,
        int limit,
        CancellationToken cancellationToken = default
    ) =>
        database.RunAsync<IReadOnlyList<RegistryEntry>>(
            async connection =>
            {
                var entries = await FindAsync(connection, FindFrom, kind, prefix, limit, cancellationToken);
                return [.. entries.TakeWhile(entry => entry.Name.StartsWith(prefix, StringComparison.Ordinal))];
            },
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
        return await database.RunTransactionAsync(
            connection => ApplyAsync(connection, changes, cancellationToken),
            cancellationToken
        );
    }

    private async Task<RegistryOutcome> ApplyAsync(
        NpgsqlConnection connection,
        IReadOnlyList<RegistryChange> changes,
        CancellationToken cancellationToken
    )
    {
        var version = await connection.NumberAsync(
            "SELECT version FROM directory_version FOR UPDATE",
            cancellationToken
        );
        if (
            RegistryChanges.FindConflict(changes, await RevisionsAsync(connection, changes, cancellationToken)) is
            { } conflict
        )
            return new(version, conflict);
        var gone = changes.Where(static change => change.Value is null).ToList();
        var put = changes.Where(static change => change.Value is not null).ToList();
        if (gone.Count > 0)
            await connection.RunAsync(Remove, cancellationToken, Kinds(gone), Names(gone));
        if (put.Count > 0)
        {
            await connection.RunAsync(
                Put,
                cancellationToken,
                Kinds(put),
                Names(put),
                Texts([.. put.Select(static change => change.Value!)]),
                PostgreSqlCommands.Number(version + 1),
                PostgreSqlCommands.Time(time.GetUtcNow())
            );
        }

        await connection.RunAsync("UPDATE directory_version SET version = version + 1", cancellationToken);
        return new(version + 1, null);
    }

    private static async Task<RegistryContents> ReadAsync(
        NpgsqlConnection connection,
        IReadOnlyList<string>? kinds,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand(Contents, Texts(kinds is null ? null : [.. kinds]));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<RegistryEntry>();
        long version = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            version = reader.GetInt64(0);
            if (reader.IsDBNull(1))
                continue;
            entries.Add(ReadEntry(reader, first: 1));
        }

        return new RegistryContents(version, entries);
    }

    private static async Task<List<RegistryEntry>> FindAsync(
        NpgsqlConnection connection,
        string sql,
        string kind,
        string name,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand(
            sql,
            PostgreSqlCommands.Text(kind),
            PostgreSqlCommands.Text(name),
            PostgreSqlCommands.Number(limit)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<RegistryEntry>();
        while (await reader.ReadAsync(cancellationToken))
            entries.Add(ReadEntry(reader, first: 0));
        return entries;
    }

    private static RegistryEntry ReadEntry(NpgsqlDataReader reader, int first) =>
        new(
            reader.GetString(first),
            reader.GetString(first + 1),
            reader.GetString(first + 2),
            reader.GetInt64(first + 3),
            PostgreSqlCommands.FromStored(reader.GetFieldValue<long>(first + 4))
        );

    private static async Task<Dictionary<(string, string), long>> RevisionsAsync(
        NpgsqlConnection connection,
        IReadOnlyList<RegistryChange> changes,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand(Revisions, Kinds(changes), Names(changes));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<(string, string), long>();
        while (await reader.ReadAsync(cancellationToken))
            found[(reader.GetString(0), reader.GetString(1))] = reader.GetInt64(2);
        return found;
    }

    private static NpgsqlParameter Kinds(IReadOnlyList<RegistryChange> changes) =>
        Texts([.. changes.Select(static change => change.Kind)]);

    private static NpgsqlParameter Names(IReadOnlyList<RegistryChange> changes) =>
        Texts([.. changes.Select(static change => change.Name)]);

    private static NpgsqlParameter Texts(string[]? values) =>
        new() { Value = (object?)values ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
