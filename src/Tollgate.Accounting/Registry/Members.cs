using System.Text.Json.Serialization.Metadata;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;

namespace Tollgate.Accounting.Registry;

/// <summary>Somebody or something known by name, that calls are attributed to.</summary>
public abstract record Member
{
    /// <summary>The name, as calls bring it; compared by its exact characters.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Whether calls in its name are accepted. What is deactivated is refused everywhere, whatever the rules require.
    /// </summary>
    public bool Enabled { get; init; } = true;
}

/// <summary>The members of one kind, in the ledger's directory. Gateways see a change within a second.</summary>
/// <typeparam name="T">What a member is.</typeparam>
public abstract class Members<T>
    where T : Member
{
    private readonly DirectoryTable<T> _table;

    private protected Members(IDirectoryStore store, string kind, JsonTypeInfo<T> type) =>
        _table = new DirectoryTable<T>(store, kind, type);

    /// <summary>Every member, by name.</summary>
    public async Task<IReadOnlyList<T>> ListAsync(CancellationToken cancellation = default) =>
        [
            .. (await _table.ReadAsync(cancellation))
                .Select(static row => row.Value)
                .OrderBy(static member => member.Name, StringComparer.Ordinal),
        ];

    /// <summary>The member of that name; null where there is none.</summary>
    public async Task<T?> FindAsync(string name, CancellationToken cancellation = default) =>
        (await _table.ReadAsync(cancellation)).FirstOrDefault(row => row.Name == name)?.Value;

    /// <summary>Adds a member; false where the name is taken, and nothing was changed.</summary>
    /// <exception cref="ArgumentException">The name is blank, has control characters or more than 256
    /// characters.</exception>
    public async Task<bool> AddAsync(T member, CancellationToken cancellation = default) =>
        (await _table.PutAsync(member.Name, member, expected: 0, cancellation)).IsDone;

    /// <summary>Changes a member and gives what it became; null where there is none. The name stays.</summary>
    /// <param name="name">The member.</param>
    /// <param name="change">The change, which is made again where somebody else was faster.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task<T?> UpdateAsync(string name, Func<T, T> change, CancellationToken cancellation = default) =>
        _table.ChangeAsync(
            name,
            before => change(before) is { } after && after.Name == name ? after : throw Renamed(name),
            cancellation
        );

    /// <summary>Removes a member; false where there was none. What was booked in its name stays.</summary>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellation = default) =>
        _table.DeleteAsync(name, cancellation);

    /// <summary>The directory, ready to be used.</summary>
    private protected static async Task<IDirectoryStore> StoreAsync(
        LedgerOptions options,
        CancellationToken cancellation
    )
    {
        var store = options.OpenDirectory();
        await DirectoryHandover.PrepareAsync(store, options, cancellation);
        return store;
    }

    private static ArgumentException Renamed(string name) =>
        new(
            $"The name '{name}' cannot be changed, since what was booked in it stays: add another member and delete "
                + $"this one.",
            nameof(name)
        );
}
