using System.Data.Common;

namespace Tollgate.Accounting.Stores.Sql.Registry;

/// <summary>The registry in the ledger's database on a server.</summary>
/// <param name="connections">The database; its text names it in messages.</param>
/// <param name="dialect">The differences between servers.</param>
/// <param name="time">The clock.</param>
/// <param name="migrate">Creates or upgrades the schema.</param>
public sealed class ServerRegistryStore(
    ISqlConnections connections,
    SqlDialect dialect,
    TimeProvider time,
    Func<CancellationToken, Task> migrate
) : IRegistryStore
{
    /// <summary>Values of the maximum size still fit in one packet of a server's default settings.</summary>
    private const int RowsPerStatement = 32;

    private const string Columns = "e.kind, e.name, e.value, e.revision, e.changed_at";

    /// <inheritdoc/>
    public string Location => connections.ToString()!;

    /// <inheritdoc/>
    public Task MigrateAsync(CancellationToken cancellationToken = default) => migrate(cancellationToken);

    /// <inheritdoc/>
    public Task<long> VersionAsync(CancellationToken cancellationToken = default) =>
        connections.RunAsync(
            connection => ReadVersionAsync(connection, "SELECT version FROM registry_version", cancellationToken),
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<RegistryContents> ReadAsync(
        IReadOnlyList<string>? kinds = null,
        CancellationToken cancellationToken = default
    ) =>
        connections.RunAsync(
            async connection =>
            {
                var parameters = new SqlParameters(dialect);
                var condition = kinds switch
                {
                    null => "true",
                    { Count: 0 } => "false",
                    _ => $"e.kind IN ({string.Join(", ", kinds.Select(parameters.Text))})",
                };
                // One statement, hence one snapshot; it returns a row without an entry if there are none.
                var rows = await parameters.ReadAsync(
                    connection,
                    $"SELECT v.version, {Columns} FROM registry_version v "
                        + $"LEFT JOIN registry_entries e ON {condition}",
                    static (ref row) => (Version: row.Number(), Entry: row.IsNext() ? ReadEntry(ref row) : null),
                    cancellationToken
                );
                return new RegistryContents(
                    rows.Count == 0 ? 0 : rows[0].Version,
                    [.. rows.Select(static row => row.Entry).OfType<RegistryEntry>()]
                );
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public async Task<RegistryEntry?> FindAsync(
        string kind,
        string name,
        CancellationToken cancellationToken = default
    ) => (await FindAsync(kind, "= ", name, limit: 1, cancellationToken)).SingleOrDefault();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RegistryEntry>> FindByPrefixAsync(
        string kind,
        string prefix,
        int limit,
        CancellationToken cancellationToken = default
    ) =>
        [
            // The primary key has the names in their order, so the ones that begin with the text come first.
            .. (await FindAsync(kind, ">= ", prefix, limit, cancellationToken)).TakeWhile(entry =>
                entry.Name.StartsWith(prefix, StringComparison.Ordinal)
            ),
        ];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RegistryEntry>> FindKeysByShownPrefixAsync(
        string prefix,
        int limit,
        CancellationToken cancellationToken = default
    ) =>
        [
            .. (await FindShownAsync(prefix, limit, cancellationToken))
                .TakeWhile(row => row.Shown.StartsWith(prefix, StringComparison.Ordinal))
                .Select(static row => row.Entry),
        ];

    /// <inheritdoc/>
    public async Task<RegistryOutcome> ApplyAsync(
        IReadOnlyList<RegistryChange> changes,
        CancellationToken cancellationToken = default
    )
    {
        RegistryChanges.Validate(changes);
        if (changes.Count == 0)
            return new RegistryOutcome(await VersionAsync(cancellationToken), null);
        return await connections.RunTransactionAsync(
            connection => ApplyAsync(connection, changes, cancellationToken),
            cancellationToken
        );
    }

    private async Task<RegistryOutcome> ApplyAsync(
        DbConnection connection,
        IReadOnlyList<RegistryChange> changes,
        CancellationToken cancellationToken
    )
    {
        const string lockVersion = "SELECT version FROM registry_version FOR UPDATE"; // One writer at a time.
        var version = await ReadVersionAsync(connection, lockVersion, cancellationToken);
        var found = new Dictionary<(string, string), long>();
        foreach (var some in changes.Chunk(RowsPerStatement))
            foreach (var (kind, name, revision) in await RevisionsAsync(connection, some, cancellationToken))
                found[(kind, name)] = revision;
        if (RegistryChanges.FindConflict(changes, found) is { } conflict)
            return new RegistryOutcome(version, conflict);
        foreach (var gone in changes.Where(static change => change.Value is null).Chunk(RowsPerStatement))
            await DeleteAsync(connection, gone, cancellationToken);
        foreach (var put in changes.Where(static change => change.Value is not null).Chunk(RowsPerStatement))
            await PutAsync(connection, put, version + 1, cancellationToken);
        const string increment = "UPDATE registry_version SET version = version + 1";
        await new SqlParameters(dialect).RunAsync(connection, increment, cancellationToken);
        return new RegistryOutcome(version + 1, null);
    }

    private Task<List<RegistryEntry>> FindAsync(
        string kind,
        string comparison,
        string name,
        int limit,
        CancellationToken cancellationToken
    ) =>
        connections.RunAsync(
            connection =>
            {
                var parameters = new SqlParameters(dialect);
                var sql =
                    $"SELECT {Columns} FROM registry_entries e WHERE e.kind = {parameters.Text(kind)} AND "
                    + $"e.name {comparison}{parameters.Text(name)} ORDER BY e.name LIMIT {parameters.Number(limit)}";
                return parameters.ReadAsync(connection, sql, ReadEntry, cancellationToken);
            },
            cancellationToken
        );

    private Task<List<(RegistryEntry Entry, string Shown)>> FindShownAsync(
        string prefix,
        int limit,
        CancellationToken cancellationToken
    ) =>
        connections.RunAsync(
            connection =>
            {
                var parameters = new SqlParameters(dialect);
                var sql =
                    $"SELECT {Columns}, e.shown_prefix FROM registry_entries e "
                    + $"WHERE e.shown_prefix >= {parameters.Text(prefix)} "
                    + $"ORDER BY e.shown_prefix LIMIT {parameters.Number(limit)}";
                return parameters.ReadAsync(
                    connection,
                    sql,
                    static (ref row) => (ReadEntry(ref row), row.Text()),
                    cancellationToken
                );
            },
            cancellationToken
        );

    private async Task<long> ReadVersionAsync(
        DbConnection connection,
        string sql,
        CancellationToken cancellationToken
    ) => (await new SqlParameters(dialect).ReadAsync(connection, sql, ReadNumber, cancellationToken)).Single();

    private Task<List<(string Kind, string Name, long Revision)>> RevisionsAsync(
        DbConnection connection,
        IEnumerable<RegistryChange> changes,
        CancellationToken cancellationToken
    )
    {
        var parameters = new SqlParameters(dialect);
        return parameters.ReadAsync(
            connection,
            $"SELECT kind, name, revision FROM registry_entries WHERE {Matches(changes, parameters)}",
            static (ref row) => (row.Text(), row.Text(), row.Number()),
            cancellationToken
        );
    }

    private Task DeleteAsync(
        DbConnection connection,
        IEnumerable<RegistryChange> changes,
        CancellationToken cancellationToken
    )
    {
        var parameters = new SqlParameters(dialect);
        var sql = $"DELETE FROM registry_entries WHERE {Matches(changes, parameters)}";
        return parameters.RunAsync(connection, sql, cancellationToken);
    }

    private Task PutAsync(
        DbConnection connection,
        IEnumerable<RegistryChange> changes,
        long revision,
        CancellationToken cancellationToken
    )
    {
        var parameters = new SqlParameters(dialect);
        var now = time.GetUtcNow();
        var rows = changes.Select(change =>
            $"({parameters.Text(change.Kind)}, {parameters.Text(change.Name)}, {parameters.Text(change.Value!)}, "
            + $"{parameters.Number(revision)}, {parameters.Time(now)})"
        );
        var sql =
            $"INSERT INTO registry_entries (kind, name, value, revision, changed_at) VALUES {string.Join(", ", rows)} "
            + dialect.UpdateOnConflict("kind, name", ["value", "revision", "changed_at"]);
        return parameters.RunAsync(connection, sql, cancellationToken);
    }

    private static string Matches(IEnumerable<RegistryChange> changes, SqlParameters parameters)
    {
        var keys = changes.Select(change => $"({parameters.Text(change.Kind)}, {parameters.Text(change.Name)})");
        return $"(kind, name) IN ({string.Join(", ", keys)})";
    }

    private static long ReadNumber(ref RowCursor row) => row.Number();

    private static RegistryEntry ReadEntry(ref RowCursor row) =>
        new(row.Text(), row.Text(), row.Text(), row.Number(), row.Time());
}
