using System.Text.Json;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sqlite;
using Tollgate.Accounting.Stores.Sqlite.Registry;

namespace Tollgate.Accounting.Registry;

/// <summary>Records up to which version the entries of a local file were migrated.</summary>
/// <param name="Version">The version of the file at that time.</param>
internal sealed record HandoverMark(long Version);

/// <summary>
/// Prepares a registry and migrates the local file's entries when a server replaces it. Without this, the keys would be
/// unknown from then on, and a gateway without known keys is open.
/// </summary>
internal static class DirectoryHandover
{
    private const string Mark = "server";

    public static async Task PrepareAsync(IDirectoryStore store, LedgerOptions options, CancellationToken cancellation)
    {
        await store.MigrateAsync(cancellation);
        if (store is SqliteDirectoryStore)
            return;
        await SqliteMigrations.ApplyAsync(options, cancellation);
        await MoveAsync(new SqliteDirectoryStore(options), store, cancellation);
    }

    /// <summary>
    /// Copies everything that changed locally since the last migration to the server, where the name is free: all
    /// gateways follow the server's copy. The local entries stay, so that a gateway switched back to its file is as
    /// closed as before.
    /// </summary>
    private static async Task MoveAsync(IDirectoryStore local, IDirectoryStore server, CancellationToken cancellation)
    {
        var here = await local.ReadAsync(cancellation: cancellation);
        var done = here.Entries.FirstOrDefault(static entry => entry.Kind == DirectoryKinds.Handover) is { } mark
            ? JsonSerializer.Deserialize(mark.Value, DirectoryJson.Default.HandoverMark)!.Version
            : 0;
        var moving = here
            .Entries.Where(entry => entry.Kind != DirectoryKinds.Handover && entry.Revision > done)
            .ToList();
        if (moving.Count == 0)
            return;
        while (!await TryPutAsync(moving, server, cancellation))
        {
            // Another gateway created one of the names in between; the next pass finds it.
        }

        var value = JsonSerializer.Serialize(new HandoverMark(here.Version), DirectoryJson.Default.HandoverMark);
        await local.ApplyAsync([DirectoryChange.Put(DirectoryKinds.Handover, Mark, value)], cancellation);
    }

    private static async Task<bool> TryPutAsync(
        List<DirectoryEntry> moving,
        IDirectoryStore server,
        CancellationToken cancellation
    )
    {
        var there = (await server.ReadAsync([.. moving.Select(static entry => entry.Kind).Distinct()], cancellation))
            .Entries.Select(static entry => (entry.Kind, entry.Name))
            .ToHashSet();
        var changes = moving
            .Where(entry => !there.Contains((entry.Kind, entry.Name)))
            .Select(static entry => DirectoryChange.Put(entry.Kind, entry.Name, entry.Value, expected: 0))
            .ToList();
        return (await server.ApplyAsync(changes, cancellation)).IsDone;
    }
}
