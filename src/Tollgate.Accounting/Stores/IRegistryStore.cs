namespace Tollgate.Accounting.Stores;

/// <summary>
/// A store for all small records that gateways share: keys, users, projects, limits. Each is an entry, a JSON text
/// under a kind and a name. One version number increases with every change, so checking for changes means reading one
/// number.
/// </summary>
/// <remarks>
/// All methods may be called from any thread, concurrently, and by several processes on one database. If the store
/// cannot be reached, they throw <see cref="LedgerUnavailableException"/>. It is then unknown whether a change
/// was applied: read first, then decide. <c>Tollgate.Accounting.Testing</c> states the rules below as tests.
/// </remarks>
public interface IRegistryStore
{
    /// <summary>The location of the store, for messages; without user or password.</summary>
    string Location { get; }

    /// <summary>Creates or upgrades the schema. Safe if several processes do so at once, and if there is nothing to
    /// do.</summary>
    /// <exception cref="LedgerSchemaException">A newer version of Tollgate has upgraded the database; nothing
    /// was changed.</exception>
    Task MigrateAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Returns the number of changes so far; 0 before the first. Cheap: gateways call it four times a second.
    /// </summary>
    Task<long> VersionAsync(CancellationToken cancellationToken = default);

    /// <summary>Returns the entries of some kinds with their version, in one snapshot.</summary>
    /// <param name="kinds">The kinds; null for all.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    Task<RegistryContents> ReadAsync(
        IReadOnlyList<string>? kinds = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Returns one entry; null if there is none. Reads no other.</summary>
    Task<RegistryEntry?> FindAsync(string kind, string name, CancellationToken cancellationToken = default);

    /// <summary>
    /// Returns the entries of a kind whose names begin with a text, in the order of their code points. Reads no others.
    /// </summary>
    /// <param name="kind">The kind.</param>
    /// <param name="prefix">The beginning of the names; compared by its exact characters.</param>
    /// <param name="limit">The maximum number of entries.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    Task<IReadOnlyList<RegistryEntry>> FindByPrefixAsync(
        string kind,
        string prefix,
        int limit,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Returns the entries of the kind <c>key</c> whose values have a text <c>prefix</c>, the beginning that is shown
    /// of a key, that begins with a text, in the order of that prefix. Reads no others.
    /// </summary>
    /// <param name="prefix">The beginning; compared by its exact characters.</param>
    /// <param name="limit">The maximum number of entries.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    Task<IReadOnlyList<RegistryEntry>> FindKeysByShownPrefixAsync(
        string prefix,
        int limit,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Applies all changes in one transaction that increments the version, or none if an entry is not at the revision
    /// that its change expects. When it completes, the change is durable.
    /// </summary>
    /// <exception cref="ArgumentException">A change violates the rules of
    /// <see cref="RegistryChanges.Validate"/>.</exception>
    Task<RegistryOutcome> ApplyAsync(
        IReadOnlyList<RegistryChange> changes,
        CancellationToken cancellationToken = default
    );
}
