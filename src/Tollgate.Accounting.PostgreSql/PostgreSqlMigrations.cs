using System.Globalization;
using System.Reflection;
using Npgsql;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Stores;

namespace Tollgate.Accounting.PostgreSql;

/// <summary>
/// Brings a database to the current schema: the embedded files <c>Migrations/NNNN_name.sql</c> in order, each in a
/// transaction of its own together with the version number, so that a process may die at any moment between or in them.
/// </summary>
internal sealed class PostgreSqlMigrations(PostgreSqlDatabase database)
{
    private const string Folder = "Migrations/";

    private static readonly string[] Files =
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(IsMigration).Order(StringComparer.Ordinal)];

    /// <summary>The schema that this version of the program knows.</summary>
    public static int KnownVersion => Files.Length;

    public async Task<SchemaVersion> ReadAsync(CancellationToken cancellation) =>
        new(await database.RunAsync(connection => VersionAsync(connection, cancellation), cancellation), KnownVersion);

    public async Task<SchemaVersion> ApplyAsync(int upTo, CancellationToken cancellation)
    {
        var found = await ReadAsync(cancellation);
        RefuseNewer(found.Current);
        if (found.Current >= upTo) return found; // Without waiting for the lock of whoever migrates or makes a month.
        foreach (var file in Files.Take(upTo)) await database.RunTransactionAsync(connection => ApplyAsync(connection, file, cancellation), cancellation);
        return await ReadAsync(cancellation);
    }

    private async Task<bool> ApplyAsync(NpgsqlConnection connection, string file, CancellationToken cancellation)
    {
        var version = int.Parse(file.AsSpan(Folder.Length, 4), CultureInfo.InvariantCulture);
        await SchemaLock.TakeAsync(connection, cancellation);
        var found = await VersionAsync(connection, cancellation);
        RefuseNewer(found); // A newer process may have been at it while this one waited.
        if (found >= version) return false;
        await connection.RunAsync("CREATE TABLE IF NOT EXISTS tollgate_schema (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())", cancellation);
        await connection.RunPatientlyAsync(Read(file), cancellation);
        await connection.RunAsync("INSERT INTO tollgate_schema (version) VALUES ($1)", cancellation, PostgreSqlCommands.Number(version));
        return true;
    }

    private void RefuseNewer(int found)
    {
        if (found > KnownVersion)
            throw new LedgerSchemaException(
                $"{database} has schema {found}; this version of Tollgate knows schemas up to {KnownVersion}. " +
                "A newer version has upgraded it: use that one, or another database. Nothing was changed.");
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        // Not to_regclass: it may remember that there was no such table, and not hear that another process made it.
        var exists = await connection.NumberAsync("SELECT count(*) FROM pg_class WHERE relname = 'tollgate_schema' AND pg_table_is_visible(oid)", cancellation) > 0;
        return exists ? (int)await connection.NumberAsync("SELECT coalesce(max(version), 0) FROM tollgate_schema", cancellation) : 0;
    }

    private static string Read(string file)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(file)!);
        return reader.ReadToEnd();
    }

    private static bool IsMigration(string resource) => resource.StartsWith(Folder, StringComparison.Ordinal);
}
