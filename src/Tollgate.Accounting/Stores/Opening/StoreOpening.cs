using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Stores.Sqlite;
using Tollgate.Accounting.Stores.Sqlite.Alerts;
using Tollgate.Accounting.Stores.Sqlite.Ledger;
using Tollgate.Accounting.Stores.Sqlite.Registry;

namespace Tollgate.Accounting.Stores.Opening;

/// <summary>
/// Opens the stores that <see cref="LedgerOptions"/> name: those of a server, otherwise SQLite files.
/// </summary>
public static class StoreOpening
{
    /// <summary>Opens the ledger's store: the server if there is one, otherwise the SQLite file.</summary>
    /// <param name="options">Where the ledger is.</param>
    public static ILedgerStore OpenStore(this LedgerOptions options) => options.Store ?? new SqliteLedgerStore(options);

    /// <summary>
    /// Opens the registry of this ledger: the server's if its store has one, otherwise that of the SQLite file.
    /// </summary>
    /// <param name="options">Where the ledger is.</param>
    public static IRegistryStore OpenRegistry(this LedgerOptions options) =>
        options.Store?.Registry ?? new SqliteRegistryStore(options);

    /// <summary>Opens the audit trail of this ledger: the server's if its store has one, otherwise that of the SQLite
    /// file.</summary>
    /// <param name="options">Where the ledger is.</param>
    public static IAuditTrailStore OpenAuditTrail(this LedgerOptions options) =>
        options.Store?.AuditTrail
        ?? new SqlAuditTrailStore(
            new SqliteSharedConnections(options, SqliteThreads.Queries),
            cancellationToken => SqliteMigrations.ApplyAsync(options, cancellationToken)
        );

    /// <summary>Opens the sessions of people who signed in: the server's if its store has them, otherwise those of the
    /// SQLite file.</summary>
    /// <param name="options">Where the ledger is.</param>
    public static ISignInStore OpenSignIns(this LedgerOptions options) =>
        options.Store?.SignIns
        ?? new SqlSignInStore(
            new SqliteSharedConnections(options, SqliteThreads.Lookups),
            cancellationToken => SqliteMigrations.ApplyAsync(options, cancellationToken)
        );

    /// <summary>
    /// Opens the alerts of this ledger: the server's if it counts limits and keeps alerts, otherwise those of the
    /// SQLite file.
    /// </summary>
    /// <param name="options">Where the ledger is.</param>
    public static IAlertStore OpenAlerts(this LedgerOptions options) =>
        (options.Store as ILimitAwareLedgerStore)?.Alerts ?? new SqliteAlertStore(options);

    /// <summary>
    /// Opens the alerts of the data folder, which can be delivered while a server is away; null if
    /// <see cref="OpenAlerts"/> returns the same store.
    /// </summary>
    /// <param name="options">Where the ledger is.</param>
    public static IAlertStore? OpenOwnAlerts(this LedgerOptions options) =>
        options.Store is ILimitAwareLedgerStore { Alerts: not null } ? new SqliteAlertStore(options) : null;
}
