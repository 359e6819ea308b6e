using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores;

/// <summary>
/// A place where booked records stay and are asked for. A store of one's own implements this and passes
/// <c>Tollgate.Accounting.Testing</c>, which states the rules below as tests.
/// </summary>
/// <remarks>
/// All methods may be called from any thread, at the same time, and by several processes on one database. What cannot
/// be reached throws <see cref="LedgerUnavailableException"/>; after it the same call may be repeated without harm.
/// </remarks>
public interface ILedgerStore : IAsyncDisposable
{
    /// <summary>
    /// The keys, users and other small records in the same database, which all gateways on it share. Null where it
    /// keeps none: each data folder's SQLite file then holds its own.
    /// </summary>
    IDirectoryStore? Directory => null;

    /// <summary>
    /// Creates or upgrades the schema. Safe where several processes do so at once, and where nothing is to be done.
    /// </summary>
    /// <exception cref="LedgerSchemaException">A newer version of Tollgate has upgraded the database; nothing was
    /// changed.</exception>
    Task<SchemaVersion> MigrateAsync(CancellationToken cancellation = default);

    /// <summary>
    /// The schema that the database has and the one that this store knows, without changing anything.
    /// </summary>
    Task<SchemaVersion> SchemaAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Books records, all or none, and gives the number of those that were new. When it completes they are durable. An
    /// identity that is booked already, or comes twice, changes nothing: neither the first record nor any sum.
    /// </summary>
    /// <exception cref="RecordRefusedException">The store cannot hold one of them. A ledger then finds out which, and
    /// sets that aside.</exception>
    Task<int> AppendAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellation = default);

    /// <summary>The attempts of one call, the first one first; none where the call is unknown.</summary>
    Task<IReadOnlyList<UsageRecord>> FindAsync(Guid call, CancellationToken cancellation = default);

    /// <summary>
    /// The records that a selection names, in its order. They are streamed: memory does not grow with their number, and
    /// a record booked meanwhile is either there or not.
    /// </summary>
    IAsyncEnumerable<UsageRecord> ReadAsync(UsageSelection selection, CancellationToken cancellation = default);

    /// <summary>
    /// Exact sums, in any order, as one consistent snapshot. A group without records is not among them, except that a
    /// query by nothing always has its one group.
    /// </summary>
    Task<IReadOnlyList<UsageSum>> SumAsync(UsageSumQuery query, CancellationToken cancellation = default);

    /// <summary>
    /// Removes the records that started before a moment, and gives their number. Their sums by
    /// <see cref="UsageDimensions.RolledUp"/> stay, in whole slots of 15 minutes, so that no total falls because its
    /// past was purged. Without a moment everything goes, sums too.
    /// </summary>
    /// <param name="before">The moment, which must be the start of a slot of 15 minutes; null for everything.</param>
    /// <param name="cancellation">Stops it; what was removed by then stays removed.</param>
    Task<long> PurgeAsync(DateTimeOffset? before, CancellationToken cancellation = default);

    /// <summary>
    /// Notes that a data folder's gates serve, and gives the other folders of which that is so: were there limits, each
    /// of them would allow the whole. A folder that has not been heard of for <see cref="LimitFolder.Patience"/> is not
    /// among them. Only for a store that is shared and does not count limits; one that counts them, or is nobody
    /// else's, has nothing to note.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<IReadOnlyList<LimitFolder>> AnnounceAsync(LimitFolder folder, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<LimitFolder>>([]);

    /// <summary>Takes back what <see cref="AnnounceAsync"/> noted: the folder's gate has stopped.</summary>
    Task WithdrawAsync(LimitFolder folder, CancellationToken cancellation = default) => Task.CompletedTask;
}
