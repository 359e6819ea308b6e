using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Delivery.Alerts.Channels;
using Tollgate.Gateway;
using Tollgate.Identity;
using Tollgate.Operations.Jobs;
using Tollgate.Operations.Prices;
using Tollgate.Operations.Status;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Configuration.Settings;

/// <summary>Everything that a gateway is started with, after the configuration has been read and validated.</summary>
internal sealed record GatewaySettings
{
    /// <summary>The documented default address: <c>http://localhost:8000/v1</c>.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8000";

    /// <summary>The addresses to listen on.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [DefaultUrl];

    /// <summary>The parts of the program that this process serves.</summary>
    public ServedParts Parts { get; init; } = ServedParts.All;

    /// <summary>Encryption, proxies, and other sites.</summary>
    public TransportSettings Transport { get; init; } = new();

    /// <summary>Accounts, sessions, and the key that encrypts secrets.</summary>
    public IdentityOptions Identity { get; init; } = new();

    /// <summary>The folder of the ledger, the keys and the custom prices.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The gateway's own options.</summary>
    public GatewayOptions Gateway { get; init; } = new();

    /// <summary>Lists the settings in force with their sources, without secrets.</summary>
    public Func<IReadOnlyList<SettingDetails>> ListEffective { get; init; } = static () => [];

    /// <summary>
    /// Assembles the routes again when stored keys of providers change; null if they are fixed.
    /// </summary>
    public RouteSource? Routes { get; init; }

    /// <summary>The provider that programs are shown as the default; null for the first configured one.</summary>
    public string? DefaultProvider { get; init; }

    /// <summary>
    /// A price file that takes precedence over <c>prices.json</c> in the data folder; null if there is none.
    /// </summary>
    public string? PriceFile { get; init; }

    /// <summary>The collector that receives traces and metrics; null if there is none.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>True if <c>/metrics</c> needs no credential even where keys exist.</summary>
    public bool AllowAnonymousMetrics { get; init; }

    /// <summary>True if the log is JSON, one line per event.</summary>
    public bool LogJson { get; init; }

    /// <summary>
    /// The URL of the server that the ledger is replicated to; null to keep it in the data folder. It may contain a
    /// password.
    /// </summary>
    public string? Database { get; init; }

    /// <summary>The contents of the transcript log, and its retention.</summary>
    public TranscriptOptions Transcripts { get; init; } = new();

    /// <summary>
    /// The URL of the database of the transcript log; null for a file in the data folder. It may contain a password.
    /// </summary>
    public string? TranscriptDatabase { get; init; }

    /// <summary>The custom prices: those of the data folder, and those of the configured file, which take
    /// precedence.</summary>
    public CustomPrices CustomPrices => new(DataFolder, PriceFile);

    /// <summary>The limits defined in the configuration.</summary>
    public IReadOnlyList<LimitSource> Limits { get; init; } = [];

    /// <summary>The options for admitting calls under limits.</summary>
    public AdmissionOptions Admission { get; init; } = new();

    /// <summary>
    /// Like <see cref="Admission"/>, with default thresholds for limits that define none, if alerts can be delivered.
    /// </summary>
    public AdmissionOptions AdmissionWithAlerts =>
        Alerts.HasDelivery ? Admission with { DefaultThresholds = [.. Alerts.DefaultThresholds] } : Admission;

    /// <summary>The recipients of each kind of alert.</summary>
    public AlertSettings Alerts { get; init; } = new();

    /// <summary>The bounds of work in the background.</summary>
    public JobOptions Jobs { get; init; } = new();

    /// <summary>
    /// Returns a variable of the environment or of <c>.env</c>, such as the key of a provider's reports; null if it is
    /// not set.
    /// </summary>
    public Func<string, string?> FindVariable { get; init; } = static _ => null;

    /// <summary>The failures that a recorded call survives.</summary>
    public LedgerDurability LedgerDurability { get; init; }

    /// <summary>
    /// The size in bytes of the ledger's write-ahead log at which it is checkpointed into the database.
    /// </summary>
    public long LedgerCheckpoint { get; init; } = 16 * 1024 * 1024;

    /// <summary>The maximum time that responses in flight get to finish when the gateway stops.</summary>
    public TimeSpan ShutdownDeadline { get; init; } = TimeSpan.FromSeconds(30);
}
