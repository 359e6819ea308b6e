namespace Tollgate.Accounting.Alerts;

/// <summary>What an alert tells.</summary>
public enum AlertKind
{
    /// <summary>A part of a limit's amount is spent.</summary>
    Threshold,

    /// <summary>More than the amount of a soft limit is spent; calls go on.</summary>
    SoftLimit,

    /// <summary>
    /// A hard limit on cost refuses calls, because too little of it is left. Once per limit, target and window.
    /// </summary>
    LimitSpent,

    /// <summary>A model without a known price was used. Once per provider, model and day (UTC).</summary>
    Unpriced,

    /// <summary>
    /// A deployment failed so often in a row that it is left alone. Once per episode, at most once an hour.
    /// </summary>
    ProviderFailing,

    /// <summary>Records wait for the database server beyond what is allowed. Once per episode.</summary>
    LedgerBacklog,

    /// <summary>A counter differs from the ledger that it is counted from.</summary>
    Drift,

    /// <summary>Nothing happened: somebody tries whether messages arrive.</summary>
    Test,
}
