using System.Text.Json.Serialization.Metadata;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;

namespace Tollgate.Accounting.Registry;

/// <summary>A named person or thing to which calls are attributed.</summary>
public abstract record Member
{
    /// <summary>The name, as given in calls; compared by its exact characters.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Whether calls attributed to it are accepted. A deactivated entry is rejected everywhere, whatever the rules
    /// require.
    /// </summary>
    public bool Enabled { get; init; } = true;
}

/// <summary>The members of one kind in the ledger's registry. Gateways see a change within a second.</summary>
/// <typeparam name="T">The type of the members.</typeparam>
public abstract class Members<T>
    where T : Member
{
    private readonly DirectoryTable<T> _table;

    private protected Members(IDirectoryStore store, string kind, JsonTypeInfo<T> type) =>
        _table = new DirectoryTable<T>(store, kind, type);

    /// <summary>Returns all members, by name.</summary>
    public async Task<IReadOnlyList<T>> ListAsync(CancellationToken cancellation = default) =>
        [
            .. (await _table.ReadAsync(cancellation))
                .Select(static row => row.Value)
                .OrderBy(static member => member.Name, StringComparer.Ordinal),
        ];

    /// <summary>Returns the member with that name; null if there is none.</summary>
    public async Task<T?> FindAsync(string name, CancellationToken cancellation = default) =>
        (await _table.ReadAsync(cancellation)).FirstOrDefault(row => row.Name == name)?.Value;

    /// <summary>Adds a member; returns false and changes nothing if the name is taken.</summary>
    /// <exception cref="ArgumentException">The name is blank, contains control characters or exceeds 256
    /// characters.</exception>
    public async Task<bool> AddAsync(T member, CancellationToken cancellation = default) =>
        (await _table.PutAsync(member.Name, member, expected: 0, cancellation)).IsDone;

    /// <summary>Changes a member and returns the new version; null if there is none. The name cannot change.</summary>
    /// <param name="name">The member.</param>
    /// <param name="change">The change; applied again if another process changed the member in between.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public Task<T?> UpdateAsync(string name, Func<T, T> change, CancellationToken cancellation = default) =>
        _table.ChangeAsync(
            name,
            before => change(before) is { } after && after.Name == name ? after : throw Renamed(name),
            cancellation
        );

    /// <summary>Removes a member; returns false if there was none. Usage recorded under its name is kept.</summary>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellation = default) =>
        _table.DeleteAsync(name, cancellation);

    /// <summary>Opens and prepares the registry.</summary>
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
            $"The name '{name}' cannot be changed, because usage is recorded under it. Add a new member and delete "
                + $"this one.",
            nameof(name)
        );
}
