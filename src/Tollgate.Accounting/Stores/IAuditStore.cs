using Tollgate.Accounting.Transcripts;

namespace Tollgate.Accounting.Stores;

/// <summary>
/// Where the audit log is kept. It has a database of its own, or tables of its own in one that it shares. All methods
/// may be called from any thread and from several processes.
/// </summary>
public interface IAuditStore : IAsyncDisposable
{
    /// <summary>Creates the tables, or brings them up to date.</summary>
    /// <exception cref="LedgerSchemaException">They were made by a newer version, or are not an audit
    /// log's.</exception>
    Task<SchemaVersion> MigrateAsync(CancellationToken cancellation = default);

    /// <summary>
    /// The schema that the database has and the one that this store knows, without changing anything.
    /// </summary>
    Task<SchemaVersion> SchemaAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Adds rows, all or none; durable when it completes. Rows that are there already are left as they are.
    /// </summary>
    Task AppendAsync(
        IReadOnlyList<AuditEntry> entries,
        IReadOnlyList<RefusalEntry> refusals,
        CancellationToken cancellation = default
    );

    /// <summary>Entries, the newest first.</summary>
    Task<IReadOnlyList<AuditEntry>> EntriesAsync(AuditSelection selection, CancellationToken cancellation = default);

    /// <summary>Refusals, the newest first.</summary>
    Task<IReadOnlyList<RefusalEntry>> RefusalsAsync(AuditSelection selection, CancellationToken cancellation = default);

    /// <summary>Removes the entries and refusals before a moment; gives the number of rows.</summary>
    Task<long> PurgeAsync(DateTimeOffset before, CancellationToken cancellation = default);
}
