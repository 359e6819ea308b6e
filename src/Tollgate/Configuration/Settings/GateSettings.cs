using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Delivery.Alerts.Channels;
using Tollgate.Gateway;

namespace Tollgate.Configuration.Settings;

/// <summary>Everything that a running gate is started with, after configuration has been read and checked.</summary>
internal sealed record GateSettings
{
    /// <summary>The port of the promise: <c>http://localhost:8000/v1</c>.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8000";

    /// <summary>Where to listen.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [DefaultUrl];

    /// <summary>The folder of the ledger, the keys and own prices.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The gate's own options.</summary>
    public GatewayOptions Gateway { get; init; } = new();

    /// <summary>
    /// A price file that goes before <c>prices.json</c> of the data folder; null where there is none.
    /// </summary>
    public string? PriceFile { get; init; }

    /// <summary>The collector that traces and metrics are sent to; null where there is none.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>Whether <c>/metrics</c> needs no key even where keys exist.</summary>
    public bool OpenMetrics { get; init; }

    /// <summary>Whether the log is JSON, a line an event.</summary>
    public bool LogJson { get; init; }

    /// <summary>
    /// The URL of the server that the ledger follows to; null where it stays in the data folder. It may hold a
    /// password.
    /// </summary>
    public string? Database { get; init; }

    /// <summary>What is audited, and for how long it is kept.</summary>
    public AuditOptions Audit { get; init; } = new();

    /// <summary>
    /// The URL of the database that keeps the audit log; null for a file in the data folder. It may hold a password.
    /// </summary>
    public string? AuditDatabase { get; init; }

    /// <summary>The limits that the configuration sets.</summary>
    public IReadOnlyList<LimitSource> Limits { get; init; } = [];

    /// <summary>How calls are admitted by limits.</summary>
    public AdmissionOptions Admission { get; init; } = new();

    /// <summary>
    /// The same, with the thresholds of limits that have none of their own, where anybody can be told.
    /// </summary>
    public AdmissionOptions AdmissionWithAlerts =>
        Alerts.HasDelivery ? Admission with { DefaultThresholds = [.. Alerts.DefaultThresholds] } : Admission;

    /// <summary>Who is told of what.</summary>
    public AlertSettings Alerts { get; init; } = new();

    /// <summary>The size of the ledger's write-ahead log at which it is copied into the database.</summary>
    public long LedgerCheckpoint { get; init; } = 16 * 1024 * 1024;

    /// <summary>The longest time that running answers get to finish when the gate stops.</summary>
    public TimeSpan ShutdownDeadline { get; init; } = TimeSpan.FromSeconds(30);
}
