using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Registry;

/// <summary>The entries of one kind, deserialized.</summary>
internal sealed class RegistryTable<T>(IRegistryStore store, string kind, JsonTypeInfo<T> type)
    where T : class
{
    public async Task<IReadOnlyList<Row>> ReadAsync(CancellationToken cancellationToken) =>
        [.. (await store.ReadAsync([kind], cancellationToken)).Entries.Select(ToRow)];

    /// <summary>Reads one entry; null if there is none.</summary>
    public async Task<Row?> FindAsync(string name, CancellationToken cancellationToken) =>
        await FindEntryAsync(name, cancellationToken) is { } entry ? ToRow(entry) : null;

    /// <summary>Reads the first entries whose names begin with a text.</summary>
    public async Task<IReadOnlyList<Row>> FindByPrefixAsync(
        string prefix,
        int limit,
        CancellationToken cancellationToken
    ) =>
        RegistryChanges.CanBeName(prefix)
            ? [.. (await store.FindByPrefixAsync(kind, prefix, limit, cancellationToken)).Select(ToRow)]
            : [];

    public Task<RegistryOutcome> PutAsync(string name, T value, long? expected, CancellationToken cancellationToken) =>
        store.ApplyAsync(
            [RegistryChange.Put(kind, name, JsonSerializer.Serialize(value, type), expected)],
            cancellationToken
        );

    /// <summary>
    /// Reads, changes and writes an entry, and retries if another process wrote in between; null if there is no such
    /// entry.
    /// </summary>
    public async Task<T?> ChangeAsync(string name, Func<T, T> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FindAsync(name, cancellationToken) is not { } row)
                return null;
            var after = change(row.Value);
            if ((await PutAsync(name, after, row.Revision, cancellationToken)).IsApplied)
                return after;
        }
    }

    /// <summary>Removes an entry; returns whether there was one.</summary>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) =>
        DeleteAsync(name, static _ => { }, cancellationToken);

    /// <summary>Removes an entry if it is in a certain state; returns whether there was one.</summary>
    /// <param name="name">The entry.</param>
    /// <param name="require">Throws if the entry, as it is right before the deletion, must stay.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<bool> DeleteAsync(string name, Action<RegistryEntry> require, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FindEntryAsync(name, cancellationToken) is not { } entry)
                return false;
            require(entry);
            var change = RegistryChange.Delete(kind, name, entry.Revision);
            if ((await store.ApplyAsync([change], cancellationToken)).IsApplied)
                return true;
        }
    }

    /// <summary>Converts an entry of this kind.</summary>
    /// <exception cref="InvalidDataException">It does not have the format of its kind.</exception>
    public T Read(RegistryEntry entry) => Deserialize(entry, type);

    private async Task<RegistryEntry?> FindEntryAsync(string name, CancellationToken cancellationToken) =>
        RegistryChanges.CanBeName(name) ? await store.FindAsync(kind, name, cancellationToken) : null;

    private Row ToRow(RegistryEntry entry) => new(entry.Name, Read(entry), entry.Revision);

    /// <summary>Deserializes the value of an entry.</summary>
    /// <exception cref="InvalidDataException">The value does not have the format of its kind.</exception>
    public static T Deserialize(RegistryEntry entry, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(entry.Value, type)
                ?? throw CreateUnreadableException(entry, "it is null", null);
        }
        catch (JsonException exception)
        {
            throw CreateUnreadableException(entry, exception.Message, exception);
        }
    }

    private static InvalidDataException CreateUnreadableException(
        RegistryEntry entry,
        string reason,
        Exception? exception
    ) => new($"The {entry.Kind} '{entry.Name}' in the registry cannot be read: {reason}", exception);

    /// <summary>An entry with its deserialized value.</summary>
    public sealed record Row(string Name, T Value, long Revision);
}
