using System.Globalization;
using MySql.Data.MySqlClient;
using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.MySql.Registry;

/// <summary>The registry in the ledger's database.</summary>
internal sealed class MySqlDirectoryStore(MySqlDatabase database, MySqlMigrations migrations, TimeProvider time)
    : IDirectoryStore
{
    /// <summary>One statement, hence one snapshot; returns a row without an entry if there are none.</summary>
    private const string Contents =
        "SELECT v.version, e.kind, e.name, e.value, e.revision, e.changed_at FROM directory_version v LEFT JOIN "
        + "directory_entries e ON ";

    private const string Put = """
        INSERT INTO directory_entries (kind, name, value, revision, changed_at) VALUES (@p1, @p2, @p3, @p4, @p5)
        ON DUPLICATE KEY UPDATE value = @p3, revision = @p4, changed_at = @p5
        """;

    public string Place => database.ToString();

    public Task MigrateAsync(CancellationToken cancellation = default) =>
        migrations.ApplyAsync(MySqlMigrations.KnownVersion, cancellation);

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
        MySqlConnection connection,
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
        foreach (var change in changes)
            await WriteAsync(connection, change, version + 1, cancellation);
        await connection.RunAsync("UPDATE directory_version SET version = version + 1", cancellation);
        return new(version + 1, null);
    }

    private Task WriteAsync(
        MySqlConnection connection,
        DirectoryChange change,
        long revision,
        CancellationToken cancellation
    ) =>
        change.Value is null
            ? connection.RunAsync(
                "DELETE FROM directory_entries WHERE kind = @p1 AND name = @p2",
                cancellation,
                Text(change.Kind),
                Text(change.Name)
            )
            : connection.RunAsync(
                Put,
                cancellation,
                Text(change.Kind),
                Text(change.Name),
                Text(change.Value),
                MySqlCommands.Number(revision),
                MySqlCommands.Time(time.GetUtcNow())
            );

    private static async Task<DirectoryContents> ReadAsync(
        MySqlConnection connection,
        IReadOnlyList<string>? kinds,
        CancellationToken cancellation
    )
    {
        var chosen = kinds switch
        {
            null => "TRUE",
            { Count: 0 } => "FALSE",
            _ =>
                $"e.kind IN ({string.Join(", ", kinds.Select(static (_, index) => string.Create(CultureInfo.InvariantCulture, $"@p{index + 1}")))})",
        };
        await using var command = connection.Command(Contents + chosen, [.. (kinds ?? []).Select(Text)]);
        await using var reader = (MySqlDataReader)await command.ExecuteReaderAsync(cancellation);
        var entries = new List<DirectoryEntry>();
        long version = 0;
        while (await reader.ReadAsync(cancellation))
        {
            version = reader.GetInt64(0);
            if (!reader.IsDBNull(1))
                entries.Add(
                    new DirectoryEntry(
                        reader.GetString(1),
                        reader.GetString(2),
                        reader.GetString(3),
                        reader.GetInt64(4),
                        StoredTime.ToTime(reader.GetInt64(5))
                    )
                );
        }

        return new DirectoryContents(version, entries);
    }

    private static async Task<Dictionary<(string, string), long>> RevisionsAsync(
        MySqlConnection connection,
        IReadOnlyList<DirectoryChange> changes,
        CancellationToken cancellation
    )
    {
        var found = new Dictionary<(string, string), long>();
        foreach (var change in changes)
        {
            // 0 if there is none.
            var revision = await connection.NumberAsync(
                "SELECT revision FROM directory_entries WHERE kind = @p1 AND name = @p2",
                cancellation,
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
