using Tollgate.Accounting.AuditTrail;

namespace Tollgate.Accounting.Stores;

/// <summary>
/// A store for the audit trail: who changed what. Entries are added and read, never changed or removed.
/// </summary>
/// <remarks>
/// All methods may be called from any thread, concurrently, and by several processes on one database. If the store
/// cannot be reached, they throw <see cref="LedgerUnavailableException"/>; the same call may then be repeated safely.
/// <c>Tollgate.Accounting.Testing</c> states the rules as tests.
/// </remarks>
public interface IAuditTrailStore
{
    /// <summary>Creates or upgrades the schema. Safe if several processes do so at once.</summary>
    /// <exception cref="LedgerSchemaException">A newer version of Tollgate has upgraded the database; nothing was
    /// changed.</exception>
    Task MigrateAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds entries, all or none; they are durable when it completes. An identity that is already stored is
    /// skipped.</summary>
    Task AppendAsync(IReadOnlyList<AuditTrailEntry> entries, CancellationToken cancellationToken = default);

    /// <summary>Returns the selected entries, newest first.</summary>
    Task<IReadOnlyList<AuditTrailEntry>> ReadAsync(
        AuditTrailSelection selection,
        CancellationToken cancellationToken = default
    );
}
