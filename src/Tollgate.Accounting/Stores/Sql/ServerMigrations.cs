using System.Data.Common;
using System.Globalization;
using System.Reflection;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>
/// Upgrades a server's database to the current schema: the embedded files <c>NNNN_name.sql</c> of a folder in order,
/// each under a lock and together with its version number, so that a process may crash at any time.
/// </summary>
public abstract class ServerMigrations
{
    private readonly ISqlConnections _connections;
    private readonly string _folder;
    private readonly string _versionTable;
    private readonly string[] _files;

    /// <summary>Creates a runner.</summary>
    /// <param name="connections">The database; its text names it in messages.</param>
    /// <param name="folder">The folder of the files, which the assembly of this class's child embeds.</param>
    /// <param name="versionTable">The table of the versions: the schemas of a ledger and of a transcript log have
    /// separate versions.</param>
    protected ServerMigrations(ISqlConnections connections, string folder, string versionTable) =>
        (_connections, _folder, _versionTable, _files) = (
            connections,
            folder,
            versionTable,
            FilesIn(GetType().Assembly, folder)
        );

    /// <summary>Returns the schema of the database, and the one that this program version supports.</summary>
    public async Task<SchemaVersion> ReadAsync(CancellationToken cancellationToken) =>
        new(
            await _connections.RunAsync(connection => VersionAsync(connection, cancellationToken), cancellationToken),
            _files.Length
        );

    /// <summary>Upgrades the database to the current schema.</summary>
    /// <exception cref="LedgerSchemaException">A newer version of Tollgate has upgraded the database.</exception>
    public Task<SchemaVersion> ApplyAsync(CancellationToken cancellationToken) =>
        ApplyAsync(_files.Length, cancellationToken);

    /// <summary>Upgrades the database to a schema.</summary>
    /// <param name="upTo">The last version to apply.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="LedgerSchemaException">A newer version of Tollgate has upgraded the database.</exception>
    public async Task<SchemaVersion> ApplyAsync(int upTo, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(cancellationToken);
        ThrowIfNewer(found.Current);
        if (found.Current >= upTo)
            return found; // Without waiting for a process that migrates or creates a month.
        foreach (var file in _files.Take(upTo))
            await ApplyAsync(file, cancellationToken);
        return await ReadAsync(cancellationToken);
    }

    /// <summary>Returns the names of a folder's files in an assembly, in order.</summary>
    protected static string[] FilesIn(Assembly assembly, string folder) =>
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Takes the lock, calls <see cref="ApplyLockedAsync"/>, and releases the lock.</summary>
    protected abstract Task ApplyAsync(string file, CancellationToken cancellationToken);

    /// <summary>Returns the query for the number of visible tables with a name.</summary>
    protected abstract string CountTables(string name);

    /// <summary>Returns the statement that creates the table of the versions if it is missing.</summary>
    protected abstract string CreateVersionTable(string name);

    /// <summary>Splits a file into the parts that the server runs one by one.</summary>
    protected virtual IEnumerable<string> Split(string script) => [script];

    /// <summary>Runs a file unless the database has its version; returns true if it ran.</summary>
    protected async Task<bool> ApplyLockedAsync(
        DbConnection connection,
        string file,
        CancellationToken cancellationToken
    )
    {
        var version = int.Parse(file.AsSpan(_folder.Length, 4), CultureInfo.InvariantCulture);
        var found = await VersionAsync(connection, cancellationToken);
        ThrowIfNewer(found); // A newer process may have migrated while this one waited.
        if (found >= version)
            return false;
        string[] statements =
        [
            CreateVersionTable(_versionTable),
            .. Split(Read(file)),
            string.Create(CultureInfo.InvariantCulture, $"INSERT INTO {_versionTable} (version) VALUES ({version})"),
        ];
        foreach (var statement in statements)
        {
            await using var command = connection.CreateCommand();
            (command.CommandText, command.CommandTimeout) = (statement, 0); // It may rewrite a large table.
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return true;
    }

    private void ThrowIfNewer(int found)
    {
        if (found > _files.Length)
            throw new LedgerSchemaException(
                $"{_connections} has schema {found}; this version of Tollgate supports schemas up to {_files.Length}. "
                    + "A newer version has upgraded it: use that one, or another database. Nothing was changed."
            );
    }

    private async Task<int> VersionAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await NumberAsync(connection, CountTables(_versionTable), cancellationToken) == 0
            ? 0
            : await NumberAsync(
                connection,
                $"SELECT coalesce(max(version), 0) FROM {_versionTable}",
                cancellationToken
            );

    private static async Task<int> NumberAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    private string Read(string file)
    {
        using var reader = new StreamReader(GetType().Assembly.GetManifestResourceStream(file)!);
        return reader.ReadToEnd();
    }
}
