using Tollgate.Accounting.Transcripts;
using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Gateway.Routing;
using Tollgate.Operations.Problems;
using static Tollgate.Configuration.Declaration.SettingTypes;

namespace Tollgate.Configuration.Formats;

/// <summary>The declaration of <c>tollgate.yaml</c>, with every setting declared once.</summary>
internal static class TollgateFormat
{
    public const string FileName = "tollgate.yaml";

    public static readonly Section<ConfigurationDraft> Root = new([
        Group(
            "listen",
            "Where the gateway listens.",
            new TextListSetting<ConfigurationDraft>(
                "urls",
                ListenAddress,
                static gate => gate.Settings.Urls,
                static (gate, urls) => gate.Settings = gate.Settings with { Urls = urls },
                "The addresses to listen on. Addresses beyond this machine (0.0.0.0, *) require a virtual key to exist."
            )
            {
                Variable = "TOLLGATE_URLS",
            }
        ),
        new ValueSetting<ConfigurationDraft, string>(
            "data",
            SettingTypes.Path,
            static gate => gate.DataFolder,
            static (gate, folder) => gate.DataFolder = folder,
            "The folder of the ledger, the virtual keys and custom prices; default: the user's data folder. Relative "
                + "to this file."
        )
        {
            Variable = "TOLLGATE_HOME",
        },
        Group(
            "memory",
            "Memory for request bodies.",
            Value(
                "request_bodies",
                Size,
                static gate => gate.Gateway.RequestMemoryBytes,
                static (gate, size) => gate.Gateway = gate.Gateway with { RequestMemoryBytes = size },
                "The maximum memory for the bodies of all calls in flight; a call beyond it gets status 503."
            ),
            new ValueSetting<ConfigurationDraft, long>(
                "max_request",
                Size,
                static gate => gate.Gateway.MaxRequestBodyBytes,
                static (gate, size) => gate.Gateway = gate.Gateway with { MaxRequestBodyBytes = size },
                "The maximum body of one call; a larger one gets status 413."
            )
            {
                FormerName = "largest_request",
            }
        ),
        Group(
            "routing",
            "How calls are routed to deployments.",
            Value(
                "retries",
                Integer(0, 20),
                static gate => gate.Routing.Retries,
                static (gate, count) => gate.Routing = gate.Routing with { Retries = (int)count },
                "Attempts after the first one, over all deployments and fallbacks of a call. Only until the first "
                    + "byte has reached the client."
            ),
            Value(
                "retry_delay",
                Duration,
                static gate => gate.Routing.RetryDelay,
                static (gate, time) => gate.Routing = gate.Routing with { RetryDelay = time },
                "The delay before a retry at the same deployment, if the provider sends none; doubled each time."
            ),
            new ValueSetting<ConfigurationDraft, TimeSpan>(
                "max_retry_wait",
                Duration,
                static gate => gate.Routing.MaxRetryAfter,
                static (gate, time) => gate.Routing = gate.Routing with { MaxRetryAfter = time },
                "The maximum Retry-After that the gateway waits for; a longer one is passed on to the client."
            )
            {
                FormerName = "longest_retry_wait",
            },
            Value(
                "allowed_failures",
                Integer(1, 1000),
                static gate => gate.Routing.AllowedFailures,
                static (gate, count) => gate.Routing = gate.Routing with { AllowedFailures = (int)count },
                "The number of consecutive failures after which a deployment cools down."
            ),
            Value(
                "cool_down",
                Duration,
                static gate => gate.Routing.CoolDown,
                static (gate, time) => gate.Routing = gate.Routing with { CoolDown = time },
                "The duration of the cooldown."
            ),
            Value(
                "seed",
                Seed,
                static gate => gate.Routing.Seed,
                static (gate, seed) => gate.Routing = gate.Routing with { Seed = seed },
                "The seed for choosing among weighted deployments."
            )
        ),
        Group(
            "timeouts",
            "Timeouts of provider calls.",
            Value(
                "connect",
                Duration,
                static gate => gate.Routing.ConnectTimeout,
                static (gate, time) => gate.Routing = gate.Routing with { ConnectTimeout = time },
                "The maximum time to connect."
            ),
            Value(
                "first_byte",
                Duration,
                static gate => gate.Routing.FirstByteTimeout,
                static (gate, time) => gate.Routing = gate.Routing with { FirstByteTimeout = time },
                "The maximum time from the request to its response headers."
            ),
            Value(
                "idle",
                Duration,
                static gate => gate.Routing.IdleTimeout,
                static (gate, time) => gate.Routing = gate.Routing with { IdleTimeout = time },
                "The maximum idle time within a response."
            )
        ),
        new ValueSetting<ConfigurationDraft, ClientDisconnectPolicy>(
            "on_client_disconnect",
            Choice(("cancel", ClientDisconnectPolicy.Cancel), ("drain", ClientDisconnectPolicy.Drain)),
            static gate => gate.Routing.OnClientDisconnect,
            static (gate, policy) => gate.Routing = gate.Routing with { OnClientDisconnect = policy },
            "If a client disconnects during a response: cancel the call at the provider and record what was received, "
                + "or drain it to its end."
        )
        {
            FormerName = "when_client_leaves",
        },
        Group(
            "ledger",
            "The storage of the ledger.",
            new ValueSetting<ConfigurationDraft, string>(
                "database",
                DatabaseUrl,
                static gate => gate.Settings.Database,
                static (gate, url) => gate.Settings = gate.Settings with { Database = url },
                "The database server of the ledger, such as postgres://user@host/tollgate; default: a file in the "
                    + "data folder. With a server, the data folder buffers records on their way to it."
            )
            {
                Variable = "DATABASE_URL",
            },
            Value(
                "checkpoint",
                Size,
                static gate => gate.Settings.LedgerCheckpoint,
                static (gate, size) => gate.Settings = gate.Settings with { LedgerCheckpoint = size },
                "The size of the write-ahead log at which it is checkpointed into the database, in the background."
            )
        ),
        Renamed(
            "registry",
            "directory",
            "Requirements for the users, projects, applications and sessions that calls name.",
            new TextListSetting<ConfigurationDraft>(
                "require",
                Requirement,
                static gate => RegistryRequirementNames.Format(gate.Gateway.RegistryRequirements),
                static (gate, names) =>
                    gate.Gateway = gate.Gateway with { RegistryRequirements = RegistryRequirementNames.Parse(names) },
                "The attribution that every call must name and the registry must contain. By default, unknown names "
                    + "are accepted. "
                    + "Deactivated entries are always rejected."
            )
        ),
        LimitFormat.Section,
        Renamed(
            "transcripts",
            "audit",
            "The data recorded of calls in addition to their usage, in a separate database. See docs/transcripts.md.",
            Value(
                "texts",
                Choice(
                    ("off", TranscriptCapture.Off),
                    ("prompts", TranscriptCapture.Prompts),
                    ("all", TranscriptCapture.All)
                ),
                static gate => gate.Settings.Transcripts.Capture,
                static (gate, texts) =>
                    gate.Settings = gate.Settings with
                    {
                        Transcripts = gate.Settings.Transcripts with { Capture = texts },
                    },
                "The texts of calls to record: none (off), prompts, or prompts and responses (all)."
            ),
            new ValueSetting<ConfigurationDraft, bool>(
                "denials",
                SettingTypes.Boolean,
                static gate => gate.Settings.Transcripts.RecordsDenials,
                static (gate, on) =>
                    gate.Settings = gate.Settings with
                    {
                        Transcripts = gate.Settings.Transcripts with { RecordsDenials = on },
                    },
                "If true, denied calls are recorded: caller, model and reason, without their texts."
            )
            {
                FormerName = "refusals",
            },
            Value(
                "retention",
                Days,
                static gate => gate.Settings.Transcripts.Retention,
                static (gate, time) =>
                    gate.Settings = gate.Settings with
                    {
                        Transcripts = gate.Settings.Transcripts with { Retention = time },
                    },
                "How long texts and denials are kept."
            ),
            Value(
                "max_text",
                SizeUpTo(4 * 1024 * 1024),
                static gate => gate.Settings.Transcripts.MaxTextBytes,
                static (gate, size) =>
                    gate.Settings = gate.Settings with
                    {
                        Transcripts = gate.Settings.Transcripts with { MaxTextBytes = (int)size },
                    },
                "The maximum size of a recorded text. A longer one is truncated, and marked as such."
            ),
            Value(
                "when_unavailable",
                Choice(("continue", TranscriptOutagePolicy.Continue), ("refuse", TranscriptOutagePolicy.Refuse)),
                static gate => gate.Settings.Transcripts.WhenUnavailable,
                static (gate, outage) =>
                    gate.Settings = gate.Settings with
                    {
                        Transcripts = gate.Settings.Transcripts with { WhenUnavailable = outage },
                    },
                "The behavior while texts cannot be written: continue passes calls on and counts the dropped texts; "
                    + "refuse returns 503 before anything is sent."
            ),
            new ValueSetting<ConfigurationDraft, string>(
                "database",
                DatabaseUrl,
                static gate => gate.Settings.TranscriptDatabase,
                static (gate, url) => gate.Settings = gate.Settings with { TranscriptDatabase = url },
                "The database that stores them, such as postgres://user@host/audit or sqlite:///path/to/audit.db; "
                    + "default: the file audit.db in the data folder."
            )
            {
                Variable = "AUDIT_DATABASE_URL",
            }
        ),
        AlertFormat.Section,
        Group(
            "shutdown",
            "How the gateway stops.",
            Value(
                "deadline",
                Duration,
                static gate => gate.Settings.ShutdownDeadline,
                static (gate, time) => gate.Settings = gate.Settings with { ShutdownDeadline = time },
                "How long responses in flight get to finish."
            )
        ),
        Group(
            "log",
            "The contents of the log. It never contains a prompt, a response or a key.",
            Value(
                "calls",
                SettingTypes.Boolean,
                static gate => gate.Gateway.LogCalls,
                static (gate, on) => gate.Gateway = gate.Gateway with { LogCalls = on },
                "If true, logs a line for each call, with its tokens and its cost."
            ),
            Value(
                "format",
                Choice(("text", false), ("json", true)),
                static gate => gate.Settings.LogJson,
                static (gate, json) => gate.Settings = gate.Settings with { LogJson = json },
                "Lines of text, or one JSON object per line."
            )
        ),
        Group(
            "metrics",
            "Access to /metrics.",
            Value(
                "open",
                SettingTypes.Boolean,
                static gate => gate.Settings.AllowAnonymousMetrics,
                static (gate, on) => gate.Settings = gate.Settings with { AllowAnonymousMetrics = on },
                "If true, any client that can reach the gateway may read /metrics, which shows spending. Otherwise it "
                    + "requires a virtual key, once one has ever been created."
            )
        ),
        Group(
            "prices",
            "The location of custom prices.",
            new ValueSetting<ConfigurationDraft, string>(
                "file",
                SettingTypes.Path,
                static gate => gate.Settings.PriceFile,
                static (gate, file) => gate.Settings = gate.Settings with { PriceFile = file },
                "A price file that takes precedence over prices.json in the data folder and over the built-in prices. "
                    + "Relative to this file."
            )
        ),
        Group(
            "telemetry",
            "Where traces and metrics are sent, in addition to /metrics.",
            new ValueSetting<ConfigurationDraft, Uri>(
                "otlp_endpoint",
                Address,
                static gate => gate.Settings.OtlpEndpoint,
                static (gate, address) => gate.Settings = gate.Settings with { OtlpEndpoint = address },
                "The OTLP collector; if omitted, nothing is sent."
            )
            {
                Variable = "OTEL_EXPORTER_OTLP_ENDPOINT",
            }
        ),
        new MapSetting<ConfigurationDraft, ProviderDraft>(
            "providers",
            "Providers by id: settings for a known one, or your own. Known ones need only their key in the "
                + "environment.",
            EndpointFormat.Provider,
            static (gate, id, provider, place) =>
            {
                provider.Place = place;
                gate.Providers[id] = provider;
            }
        ),
        new ListSetting<ConfigurationDraft, ModelDraft>(
            "models",
            "The models that clients may request. If omitted, each dialect passes any model on to its own provider.",
            EndpointFormat.Model,
            static (gate, model, place) =>
            {
                model.Place = place;
                gate.Models.Add(model);
            }
        ),
    ]);

    private static SectionSetting<ConfigurationDraft> Group(
        string name,
        string description,
        params Setting<ConfigurationDraft>[] settings
    ) => new(name, description, new(settings));

    private static SectionSetting<ConfigurationDraft> Renamed(
        string name,
        string formerName,
        string description,
        params Setting<ConfigurationDraft>[] settings
    ) => new(name, description, new(settings)) { FormerName = formerName };

    private static ValueSetting<ConfigurationDraft, T> Value<T>(
        string name,
        SettingType<T> type,
        Func<ConfigurationDraft, T> get,
        Action<ConfigurationDraft, T> set,
        string description
    ) => new(name, type, get, set, description);
}
