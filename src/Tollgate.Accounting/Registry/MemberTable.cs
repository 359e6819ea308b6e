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
    /// True if calls attributed to it are accepted. A deactivated entry is rejected everywhere, whatever the rules
    /// require.
    /// </summary>
    public bool Enabled { get; init; } = true;
}

/// <summary>The members of one kind in the ledger's registry. Gateways see a change within a second.</summary>
/// <typeparam name="T">The type of the members.</typeparam>
public abstract class MemberTable<T>
    where T : Member
{
    private readonly RegistryTable<T> _table;

    private protected MemberTable(IRegistryStore store, string kind, JsonTypeInfo<T> type) =>
        _table = new RegistryTable<T>(store, kind, type);

    /// <summary>Returns all members, by name.</summary>
    public async Task<IReadOnlyList<T>> ListAsync(CancellationToken cancellationToken = default) =>
        [
            .. (await _table.ReadAsync(cancellationToken))
                .Select(static row => row.Value)
                .OrderBy(static member => member.Name, StringComparer.Ordinal),
        ];

    /// <summary>Returns the member with that name; null if there is none.</summary>
    public async Task<T?> FindAsync(string name, CancellationToken cancellationToken = default) =>
        (await _table.FindAsync(name, cancellationToken))?.Value;

    /// <summary>Adds a member; returns false and changes nothing if the name is taken.</summary>
    /// <exception cref="ArgumentException">The name is blank, contains control characters or exceeds 256
    /// characters.</exception>
    public async Task<bool> AddAsync(T member, CancellationToken cancellationToken = default) =>
        (await _table.PutAsync(member.Name, member, expected: 0, cancellationToken)).IsApplied;

    /// <summary>Changes a member and returns the new version; null if there is none. The name cannot change.</summary>
    /// <param name="name">The member.</param>
    /// <param name="change">The change; applied again if another process changed the member in between.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task<T?> UpdateAsync(string name, Func<T, T> change, CancellationToken cancellationToken = default) =>
        _table.ChangeAsync(
            name,
            before => change(before) is { } after && after.Name == name ? after : throw CreateRenamedException(name),
            cancellationToken
        );

    /// <summary>Removes a member; returns false if there was none. Usage recorded under its name is kept.</summary>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken = default) =>
        _table.DeleteAsync(name, cancellationToken);

    /// <summary>Removes a member if it is in a certain state; returns false if there was none.</summary>
    /// <param name="name">The member.</param>
    /// <param name="require">Throws if the member, as it is right before the removal, must stay.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task<bool> DeleteAsync(string name, Action<T> require, CancellationToken cancellationToken = default) =>
        _table.DeleteAsync(name, entry => require(_table.Read(entry)), cancellationToken);

    /// <summary>Opens and prepares the registry.</summary>
    private protected static async Task<IRegistryStore> OpenStoreAsync(
        LedgerOptions options,
        CancellationToken cancellationToken
    )
    {
        var store = options.OpenRegistry();
        await RegistryMigration.PrepareAsync(store, options, cancellationToken);
        return store;
    }

    private static ArgumentException CreateRenamedException(string name) =>
        new(
            $"The name '{name}' cannot be changed, because usage is recorded under it. Add a new member and delete "
                + $"this one.",
            nameof(name)
        );
}
