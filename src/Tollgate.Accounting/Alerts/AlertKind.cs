namespace Tollgate.Accounting.Alerts;

/// <summary>The kind of an alert.</summary>
public enum AlertKind
{
    /// <summary>A percentage of a limit's amount is spent.</summary>
    Threshold,

    /// <summary>More than the amount of a soft limit is spent; calls continue.</summary>
    SoftLimit,

    /// <summary>
    /// A hard limit on cost denies calls because too little of it is left. Once per limit, target and window.
    /// </summary>
    LimitExhausted,

    /// <summary>A model without a known price was used. Once per provider, model and day (UTC).</summary>
    Unpriced,

    /// <summary>
    /// A deployment failed so often in a row that it is cooling down. Once per episode, at most once an hour.
    /// </summary>
    ProviderFailing,

    /// <summary>More records than allowed wait for the database server. Once per episode.</summary>
    LedgerBacklog,

    /// <summary>A counter differs from the ledger on which it is based.</summary>
    Drift,

    /// <summary>A test of message delivery; nothing happened.</summary>
    Test,
}
