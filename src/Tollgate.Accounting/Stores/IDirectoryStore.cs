namespace Tollgate.Accounting.Stores;

/// <summary>
/// The place of all small records that every gateway shares: keys, users, projects, limits. Each is an entry, a JSON
/// text under a kind and a name. One version number rises with every change, so that looking for changes is reading one
/// number.
/// </summary>
/// <remarks>
/// All methods may be called from any thread, at the same time, and by several processes on one database. What cannot
/// be reached throws <see cref="LedgerUnavailableException"/>. Whether a change that met it was made, nobody knows:
/// read, then decide. <c>Tollgate.Accounting.Testing</c> states the rules below as tests.
/// </remarks>
public interface IDirectoryStore
{
    /// <summary>Where it is, for messages; without user or password.</summary>
    string Place { get; }

    /// <summary>
    /// Creates or upgrades the schema. Safe where several processes do so at once, and where nothing is to be done.
    /// </summary>
    /// <exception cref="LedgerSchemaException">A newer version of Tollgate has upgraded the database; nothing was
    /// changed.</exception>
    Task MigrateAsync(CancellationToken cancellation = default);

    /// <summary>The number of changes so far; 0 before the first. Cheap: gateways ask four times a second.</summary>
    Task<long> VersionAsync(CancellationToken cancellation = default);

    /// <summary>The entries of some kinds with the version that they are of, in one snapshot.</summary>
    /// <param name="kinds">The kinds; null for all.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<DirectoryContents> ReadAsync(IReadOnlyList<string>? kinds = null, CancellationToken cancellation = default);

    /// <summary>
    /// Makes all changes in one transaction that raises the version by one, or none where an entry is not at the
    /// revision that its change expects. When it completes the change is durable.
    /// </summary>
    /// <exception cref="ArgumentException">A change is not one that <see cref="DirectoryChanges.Check"/>
    /// allows.</exception>
    Task<DirectoryOutcome> ApplyAsync(IReadOnlyList<DirectoryChange> changes, CancellationToken cancellation = default);
}
