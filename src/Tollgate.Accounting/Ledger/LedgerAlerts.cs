using Tollgate.Accounting.Alerts.Buffering;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;

namespace Tollgate.Accounting.Ledger;

/// <summary>The alerts of a ledger: those stored, those to store, and the state of their delivery.</summary>
public sealed class LedgerAlerts
{
    private readonly Lazy<AlertBuffer> _notices;

    internal LedgerAlerts(LedgerOptions options)
    {
        (Store, LocalStore) = (options.OpenAlerts(), options.OpenOwnAlerts());
        _notices = new(() => new AlertBuffer(options.TimeProvider));
    }

    /// <summary>The alerts, in the database that contains the counters of limits.</summary>
    public IAlertStore Store { get; }

    /// <summary>
    /// The alerts in the data folder, if those in <see cref="Store"/> are a server's: alerts to send while the server
    /// is unavailable. Null if they are the same.
    /// </summary>
    public IAlertStore? LocalStore { get; }

    /// <summary>Events noticed by this ledger instance that must raise alerts.</summary>
    public AlertBuffer Notices => _notices.Value;

    /// <summary>The state of alert delivery in this process.</summary>
    public AlertMetrics Metrics { get; } = new();

    /// <summary>Opens the alerts of an existing ledger, alongside any number of gateways.</summary>
    /// <param name="options">The ledger.</param>
    /// <exception cref="FileNotFoundException">There is no ledger in the folder.</exception>
    /// <exception cref="LedgerSchemaException">The database is of another version of Tollgate.</exception>
    public static IAlertStore OpenStore(LedgerOptions options)
    {
        if (options.Store is not ILimitAwareLedgerStore { Alerts: not null })
            LedgerFile.Require(options);
        return options.OpenAlerts();
    }

    /// <summary>
    /// Opens the alerts in an existing data folder that are separate from those of its server; null if there are none,
    /// or the folder has no ledger yet.
    /// </summary>
    /// <param name="options">The ledger.</param>
    /// <exception cref="LedgerSchemaException">The database is of another version of Tollgate.</exception>
    public static IAlertStore? OpenLocalStore(LedgerOptions options)
    {
        if (options.OpenOwnAlerts() is not { } own || !File.Exists(options.DatabasePath))
            return null;
        LedgerFile.Require(options);
        return own;
    }
}
