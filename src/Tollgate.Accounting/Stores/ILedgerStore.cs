using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores;

/// <summary>
/// A store for usage records. A custom store implements this interface and passes
/// <c>Tollgate.Accounting.Testing</c>, which states the rules below as tests.
/// </summary>
/// <remarks>
/// All methods may be called from any thread, concurrently, and by several processes on one database. If the store
/// cannot be reached, they throw <see cref="LedgerUnavailableException"/>; the same call may then be repeated safely.
/// </remarks>
public interface ILedgerStore : IAsyncDisposable
{
    /// <summary>
    /// The keys, users and other small records in the same database, shared by all gateways on it. Null if the store
    /// has none: the SQLite file of each data folder then has its own.
    /// </summary>
    IRegistryStore? Registry => null;

    /// <summary>
    /// The audit trail in the same database, shared by all gateways on it. Null if the store has none: the SQLite file
    /// of each data folder then has its own.
    /// </summary>
    IAuditTrailStore? AuditTrail => null;

    /// <summary>
    /// The sessions of people who signed in, in the same database, shared by all gateways on it. Null if the store has
    /// none: the SQLite file of each data folder then has its own.
    /// </summary>
    ISignInStore? SignIns => null;

    /// <summary>
    /// Creates or upgrades the schema. Safe if several processes do so at once, and if there is nothing to do.
    /// </summary>
    /// <exception cref="LedgerSchemaException">A newer version of Tollgate has upgraded the database; nothing was
    /// changed.</exception>
    Task<SchemaVersion> MigrateAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Returns the schema of the database and the one that this store supports, without changing anything.
    /// </summary>
    Task<SchemaVersion> SchemaAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes records, all or none, and returns the number of new ones. They are durable when it completes. An identity
    /// that is already recorded, or occurs twice, changes nothing: neither the first record nor any sum.
    /// </summary>
    /// <exception cref="RecordRejectedException">The store cannot hold one of them. The ledger then finds and
    /// quarantines it.</exception>
    Task<int> AppendAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellationToken = default);

    /// <summary>Returns the attempts of one call in order; empty if the call is unknown.</summary>
    Task<IReadOnlyList<UsageRecord>> FindAsync(Guid call, CancellationToken cancellationToken = default);

    /// <summary>
    /// Streams the records of a selection, in its order: memory does not grow with their number, and a record written
    /// meanwhile may or may not be included.
    /// </summary>
    IAsyncEnumerable<UsageRecord> ReadAsync(UsageSelection selection, CancellationToken cancellationToken = default);

    /// <summary>
    /// Returns exact sums, in any order, as one consistent snapshot. A group without records is not included, except
    /// that a query without dimensions always has one group. A group whose sums are all 0 may be left out: it consists
    /// of corrections that change nothing.
    /// </summary>
    Task<IReadOnlyList<UsageSum>> SumAsync(UsageSumQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes the records that started before a given time and returns their number. Their sums by
    /// <see cref="UsageDimensions.RolledUp"/> stay, in whole slots of 15 minutes, so that no total falls because its
    /// past was purged. Without a time everything is removed, including sums.
    /// </summary>
    /// <param name="before">The time, which must be the start of a slot of 15 minutes; null for everything.</param>
    /// <param name="cancellationToken">Cancels the purge; what was removed so far stays removed.</param>
    Task<long> PurgeAsync(DateTimeOffset? before, CancellationToken cancellationToken = default);

    /// <summary>
    /// Registers a data folder with running gateways, and returns the other folders with running gateways: if there
    /// were limits, each folder would allow the full amount. A folder without a heartbeat for
    /// <see cref="InstanceHeartbeat.Timeout"/> is not included. Only for a shared store that does not count limits;
    /// other stores have nothing to register.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    Task<IReadOnlyList<InstanceHeartbeat>> RegisterAsync(
        InstanceHeartbeat folder,
        CancellationToken cancellationToken = default
    ) => Task.FromResult<IReadOnlyList<InstanceHeartbeat>>([]);

    /// <summary>Removes the registration of <see cref="RegisterAsync"/>: the folder's gateway has stopped.</summary>
    Task UnregisterAsync(InstanceHeartbeat folder, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
