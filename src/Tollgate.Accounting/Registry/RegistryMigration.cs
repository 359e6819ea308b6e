using System.Text.Json;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sqlite;
using Tollgate.Accounting.Stores.Sqlite.Registry;

namespace Tollgate.Accounting.Registry;

/// <summary>Records up to which version the entries of a local file were migrated.</summary>
/// <param name="Version">The version of the file at that time.</param>
internal sealed record MigrationMark(long Version);

/// <summary>
/// Prepares a registry and migrates the local file's entries when a server replaces it. Without this, the keys would be
/// unknown from then on, and a gateway without known keys is open.
/// </summary>
internal static class RegistryMigration
{
    private const string MarkName = "server";

    public static async Task PrepareAsync(
        IRegistryStore store,
        LedgerOptions options,
        CancellationToken cancellationToken
    )
    {
        await store.MigrateAsync(cancellationToken);
        if (store is SqliteRegistryStore)
            return;
        await SqliteMigrations.ApplyAsync(options, cancellationToken);
        await MoveAsync(new SqliteRegistryStore(options), store, cancellationToken);
    }

    /// <summary>
    /// Copies everything that changed locally since the last migration to the server, where the name is free: all
    /// gateways follow the server's copy. The local entries stay, so that a gateway switched back to its file is as
    /// closed as before.
    /// </summary>
    private static async Task MoveAsync(
        IRegistryStore local,
        IRegistryStore server,
        CancellationToken cancellationToken
    )
    {
        var here = await local.ReadAsync(cancellationToken: cancellationToken);
        var done = here
            .Entries.Where(IsMark)
            .Select(static mark => JsonSerializer.Deserialize(mark.Value, RegistryJson.Default.MigrationMark)!.Version)
            .DefaultIfEmpty()
            .Max();
        var moving = here
            .Entries.Where(entry => !IsMark(entry) && entry.Revision > done)
            .ToList();
        if (moving.Count == 0)
            return;
        while (!await TryPutAsync(moving, server, cancellationToken))
        {
            // Another gateway created one of the names in between; the next pass finds it.
        }

        var value = JsonSerializer.Serialize(new MigrationMark(here.Version), RegistryJson.Default.MigrationMark);
        await local.ApplyAsync([RegistryChange.Put(RegistryKinds.Migration, MarkName, value)], cancellationToken);
    }

    private static bool IsMark(RegistryEntry entry) =>
        entry.Kind is RegistryKinds.Migration or RegistryKinds.FormerMigration;

    private static async Task<bool> TryPutAsync(
        List<RegistryEntry> moving,
        IRegistryStore server,
        CancellationToken cancellationToken
    )
    {
        var there = (
            await server.ReadAsync([.. moving.Select(static entry => entry.Kind).Distinct()], cancellationToken)
        )
            .Entries.Select(static entry => (entry.Kind, entry.Name))
            .ToHashSet();
        var changes = moving
            .Where(entry => !there.Contains((entry.Kind, entry.Name)))
            .Select(static entry => RegistryChange.Put(entry.Kind, entry.Name, entry.Value, expected: 0))
            .ToList();
        return (await server.ApplyAsync(changes, cancellationToken)).IsApplied;
    }
}
