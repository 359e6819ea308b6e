using System.Globalization;
using MySql.Data.MySqlClient;
using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.MySql.Registry;

/// <summary>The registry in the ledger's database.</summary>
internal sealed class MySqlRegistryStore(MySqlDatabase database, MySqlMigrations migrations, TimeProvider time)
    : IRegistryStore
{
    /// <summary>One statement, hence one snapshot; returns a row without an entry if there are none.</summary>
    private const string Contents =
        "SELECT v.version, e.kind, e.name, e.value, e.revision, e.changed_at FROM directory_version v LEFT JOIN "
        + "directory_entries e ON ";

    private const string Find =
        "SELECT kind, name, value, revision, changed_at FROM directory_entries WHERE kind = @p1 AND name = @p2 "
        + "LIMIT @p3";

    /// <summary>The primary key has the names in their order, so the ones that begin with a text come first.</summary>
    private const string FindFrom =
        "SELECT kind, name, value, revision, changed_at FROM directory_entries WHERE kind = @p1 AND name >= @p2 "
        + "ORDER BY name LIMIT @p3";

    private const string Put = """
        INSERT INTO directory_entries (kind, name, value, revision, changed_at) VALUES (@p1, @p2, @p3, @p4, @p5)
        ON DUPLICATE KEY UPDATE value = @p3, revision = @p4, changed_at = @p5
        """;

    public string Location => database.ToString();

    public Task MigrateAsync(CancellationToken cancellationToken = default) =>
        migrations.ApplyAsync(MySqlMigrations.KnownVersion, cancellationToken);

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
        MySqlConnection connection,
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
        foreach (var change in changes)
            await WriteAsync(connection, change, version + 1, cancellationToken);
        await connection.RunAsync("UPDATE directory_version SET version = version + 1", cancellationToken);
        return new(version + 1, null);
    }

    private Task WriteAsync(
        MySqlConnection connection,
        RegistryChange change,
        long revision,
        CancellationToken cancellationToken
    ) =>
        change.Value is null
            ? connection.RunAsync(
                "DELETE FROM directory_entries WHERE kind = @p1 AND name = @p2",
                cancellationToken,
                Text(change.Kind),
                Text(change.Name)
            )
            : connection.RunAsync(
                Put,
                cancellationToken,
                Text(change.Kind),
                Text(change.Name),
                Text(change.Value),
                MySqlCommands.Number(revision),
                MySqlCommands.Time(time.GetUtcNow())
            );

    private static async Task<RegistryContents> ReadAsync(
        MySqlConnection connection,
        IReadOnlyList<string>? kinds,
        CancellationToken cancellationToken
    )
    {
        var chosen = kinds switch
        {
            null => "TRUE",
            { Count: 0 } => "FALSE",
            _ =>
                $"e.kind IN ({string.Join(", ", kinds.Select(static (_, index) => string.Create(CultureInfo.InvariantCulture, $"@p{index + 1}")))})",
        };
        await using var command = connection.CreateCommand(Contents + chosen, [.. (kinds ?? []).Select(Text)]);
        await using var reader = (MySqlDataReader)await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<RegistryEntry>();
        long version = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            version = reader.GetInt64(0);
            if (!reader.IsDBNull(1))
                entries.Add(ReadEntry(reader, first: 1));
        }

        return new RegistryContents(version, entries);
    }

    private static async Task<List<RegistryEntry>> FindAsync(
        MySqlConnection connection,
        string sql,
        string kind,
        string name,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand(sql, Text(kind), Text(name), MySqlCommands.Number(limit));
        await using var reader = (MySqlDataReader)await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<RegistryEntry>();
        while (await reader.ReadAsync(cancellationToken))
            entries.Add(ReadEntry(reader, first: 0));
        return entries;
    }

    private static RegistryEntry ReadEntry(MySqlDataReader reader, int first) =>
        new(
            reader.GetString(first),
            reader.GetString(first + 1),
            reader.GetString(first + 2),
            reader.GetInt64(first + 3),
            StoredTime.ToTime(reader.GetInt64(first + 4))
        );

    private static async Task<Dictionary<(string, string), long>> RevisionsAsync(
        MySqlConnection connection,
        IReadOnlyList<RegistryChange> changes,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<(string, string), long>();
        foreach (var change in changes)
        {
            // 0 if there is none.
            var revision = await connection.NumberAsync(
                "SELECT revision FROM directory_entries WHERE kind = @p1 AND name = @p2",
                cancellationToken,
                Text(change.Kind),
                Text(change.Name)
            );
            if (revision > 0)
                found[(change.Kind, change.Name)] = revision;
        }

        return found;
    }

    private static MySqlParameter Text(string value) => MySqlCommands.Text(value);
}
