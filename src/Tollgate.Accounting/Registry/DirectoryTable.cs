using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Registry;

/// <summary>The entries of one kind, deserialized.</summary>
internal sealed class DirectoryTable<T>(IDirectoryStore store, string kind, JsonTypeInfo<T> type)
    where T : class
{
    public async Task<IReadOnlyList<Row>> ReadAsync(CancellationToken cancellation) =>
        [
            .. (await store.ReadAsync([kind], cancellation)).Entries.Select(entry => new Row(
                entry.Name,
                Value(entry, type),
                entry.Revision
            )),
        ];

    public Task<DirectoryOutcome> PutAsync(string name, T value, long? expected, CancellationToken cancellation) =>
        store.ApplyAsync(
            [DirectoryChange.Put(kind, name, JsonSerializer.Serialize(value, type), expected)],
            cancellation
        );

    /// <summary>
    /// Reads, changes and writes an entry, and retries if another process wrote in between; null if there is no such
    /// entry.
    /// </summary>
    public async Task<T?> ChangeAsync(string name, Func<T, T> change, CancellationToken cancellation)
    {
        while (true)
        {
            if ((await ReadAsync(cancellation)).FirstOrDefault(row => row.Name == name) is not { } row)
                return null;
            var after = change(row.Value);
            if ((await PutAsync(name, after, row.Revision, cancellation)).IsDone)
                return after;
        }
    }

    /// <summary>Removes an entry; returns whether there was one.</summary>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellation)
    {
        while (true)
        {
            if ((await ReadAsync(cancellation)).FirstOrDefault(row => row.Name == name) is not { } row)
                return false;
            if ((await store.ApplyAsync([DirectoryChange.Delete(kind, name, row.Revision)], cancellation)).IsDone)
                return true;
        }
    }

    /// <summary>Deserializes the value of an entry.</summary>
    /// <exception cref="InvalidDataException">The value does not have the format of its kind.</exception>
    public static T Value(DirectoryEntry entry, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(entry.Value, type) ?? throw Unreadable(entry, "it is null", null);
        }
        catch (JsonException fault)
        {
            throw Unreadable(entry, fault.Message, fault);
        }
    }

    private static InvalidDataException Unreadable(DirectoryEntry entry, string reason, Exception? fault) =>
        new($"The {entry.Kind} '{entry.Name}' in the registry cannot be read: {reason}", fault);

    /// <summary>An entry with its deserialized value.</summary>
    public sealed record Row(string Name, T Value, long Revision);
}
