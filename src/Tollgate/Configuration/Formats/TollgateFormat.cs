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
                static draft => draft.Settings.Urls,
                static (draft, urls) => draft.Settings = draft.Settings with { Urls = urls },
                "The addresses to listen on. Addresses beyond this machine (0.0.0.0, *) require a virtual key to exist."
            )
            {
                Variable = "TOLLGATE_URLS",
            }
        ),
        new ValueSetting<ConfigurationDraft, string>(
            "data",
            SettingTypes.Path,
            static draft => draft.DataFolder,
            static (draft, folder) => draft.DataFolder = folder,
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
                static draft => draft.Gateway.RequestMemoryBytes,
                static (draft, size) => draft.Gateway = draft.Gateway with { RequestMemoryBytes = size },
                "The maximum memory for the bodies of all calls in flight; a call beyond it gets status 503."
            ),
            new ValueSetting<ConfigurationDraft, long>(
                "max_request",
                Size,
                static draft => draft.Gateway.MaxRequestBodyBytes,
                static (draft, size) => draft.Gateway = draft.Gateway with { MaxRequestBodyBytes = size },
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
                static draft => draft.Routing.Retries,
                static (draft, count) => draft.Routing = draft.Routing with { Retries = (int)count },
                "Attempts after the first one, over all deployments and fallbacks of a call. Only until the first "
                    + "byte has reached the client."
            ),
            Value(
                "retry_delay",
                Duration,
                static draft => draft.Routing.RetryDelay,
                static (draft, time) => draft.Routing = draft.Routing with { RetryDelay = time },
                "The delay before a retry at the same deployment, if the provider sends none; doubled each time."
            ),
            new ValueSetting<ConfigurationDraft, TimeSpan>(
                "max_retry_wait",
                Duration,
                static draft => draft.Routing.MaxRetryAfter,
                static (draft, time) => draft.Routing = draft.Routing with { MaxRetryAfter = time },
                "The maximum Retry-After that the gateway waits for; a longer one is passed on to the client."
            )
            {
                FormerName = "longest_retry_wait",
            },
            Value(
                "allowed_failures",
                Integer(1, 1000),
                static draft => draft.Routing.AllowedFailures,
                static (draft, count) => draft.Routing = draft.Routing with { AllowedFailures = (int)count },
                "The number of consecutive failures after which a deployment cools down."
            ),
            Value(
                "cool_down",
                Duration,
                static draft => draft.Routing.CoolDown,
                static (draft, time) => draft.Routing = draft.Routing with { CoolDown = time },
                "The duration of the cooldown."
            ),
            Value(
                "seed",
                Seed,
                static draft => draft.Routing.Seed,
                static (draft, seed) => draft.Routing = draft.Routing with { Seed = seed },
                "The seed for choosing among weighted deployments."
            )
        ),
        Group(
            "timeouts",
            "Timeouts of provider calls.",
            Value(
                "connect",
                Duration,
                static draft => draft.Routing.ConnectTimeout,
                static (draft, time) => draft.Routing = draft.Routing with { ConnectTimeout = time },
                "The maximum time to connect."
            ),
            Value(
                "first_byte",
                Duration,
                static draft => draft.Routing.FirstByteTimeout,
                static (draft, time) => draft.Routing = draft.Routing with { FirstByteTimeout = time },
                "The maximum time from the request to its response headers."
            ),
            Value(
                "idle",
                Duration,
                static draft => draft.Routing.IdleTimeout,
                static (draft, time) => draft.Routing = draft.Routing with { IdleTimeout = time },
                "The maximum idle time within a response."
            )
        ),
        new ValueSetting<ConfigurationDraft, ClientDisconnectPolicy>(
            "on_client_disconnect",
            Choice(("cancel", ClientDisconnectPolicy.Cancel), ("drain", ClientDisconnectPolicy.Drain)),
            static draft => draft.Routing.OnClientDisconnect,
            static (draft, policy) => draft.Routing = draft.Routing with { OnClientDisconnect = policy },
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
                static draft => draft.Settings.Database,
                static (draft, url) => draft.Settings = draft.Settings with { Database = url },
                "The database server of the ledger, such as postgres://user@host/tollgate; default: a file in the "
                    + "data folder. With a server, the data folder buffers records on their way to it."
            )
            {
                Variable = "DATABASE_URL",
            },
            Value(
                "checkpoint",
                Size,
                static draft => draft.Settings.LedgerCheckpoint,
                static (draft, size) => draft.Settings = draft.Settings with { LedgerCheckpoint = size },
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
                static draft => RegistryRequirementNames.Format(draft.Gateway.RegistryRequirements),
                static (draft, names) =>
                    draft.Gateway = draft.Gateway with { RegistryRequirements = RegistryRequirementNames.Parse(names) },
                "The attribution that every call must name and the registry must contain. "
                    + "By default, unknown names are accepted. Deactivated entries are always rejected."
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
                static draft => draft.Settings.Transcripts.Capture,
                static (draft, texts) =>
                    draft.Settings = draft.Settings with
                    {
                        Transcripts = draft.Settings.Transcripts with { Capture = texts },
                    },
                "The texts of calls to record: none (off), prompts, or prompts and responses (all)."
            ),
            new ValueSetting<ConfigurationDraft, bool>(
                "denials",
                SettingTypes.Boolean,
                static draft => draft.Settings.Transcripts.RecordsDenials,
                static (draft, on) =>
                    draft.Settings = draft.Settings with
                    {
                        Transcripts = draft.Settings.Transcripts with { RecordsDenials = on },
                    },
                "If true, denied calls are recorded: caller, model and reason, without their texts."
            )
            {
                FormerName = "refusals",
            },
            Value(
                "retention",
                Days,
                static draft => draft.Settings.Transcripts.Retention,
                static (draft, time) =>
                    draft.Settings = draft.Settings with
                    {
                        Transcripts = draft.Settings.Transcripts with { Retention = time },
                    },
                "How long texts and denials are kept."
            ),
            Value(
                "max_text",
                SizeUpTo(4 * 1024 * 1024),
                static draft => draft.Settings.Transcripts.MaxTextBytes,
                static (draft, size) =>
                    draft.Settings = draft.Settings with
                    {
                        Transcripts = draft.Settings.Transcripts with { MaxTextBytes = (int)size },
                    },
                "The maximum size of a recorded text. A longer one is truncated, and marked as such."
            ),
            Value(
                "when_unavailable",
                Choice(("continue", TranscriptOutagePolicy.Continue), ("refuse", TranscriptOutagePolicy.Refuse)),
                static draft => draft.Settings.Transcripts.WhenUnavailable,
                static (draft, outage) =>
                    draft.Settings = draft.Settings with
                    {
                        Transcripts = draft.Settings.Transcripts with { WhenUnavailable = outage },
                    },
                "The behavior while texts cannot be written: continue passes calls on and counts the dropped texts; "
                    + "refuse returns 503 before anything is sent."
            ),
            new ValueSetting<ConfigurationDraft, string>(
                "database",
                DatabaseUrl,
                static draft => draft.Settings.TranscriptDatabase,
                static (draft, url) => draft.Settings = draft.Settings with { TranscriptDatabase = url },
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
                static draft => draft.Settings.ShutdownDeadline,
                static (draft, time) => draft.Settings = draft.Settings with { ShutdownDeadline = time },
                "How long responses in flight get to finish."
            )
        ),
        Group(
            "log",
            "The contents of the log. It never contains a prompt, a response or a key.",
            Value(
                "calls",
                SettingTypes.Boolean,
                static draft => draft.Gateway.LogCalls,
                static (draft, on) => draft.Gateway = draft.Gateway with { LogCalls = on },
                "If true, logs a line for each call, with its tokens and its cost."
            ),
            Value(
                "format",
                Choice(("text", false), ("json", true)),
                static draft => draft.Settings.LogJson,
                static (draft, json) => draft.Settings = draft.Settings with { LogJson = json },
                "Lines of text, or one JSON object per line."
            )
        ),
        Group(
            "metrics",
            "Access to /metrics.",
            Value(
                "open",
                SettingTypes.Boolean,
                static draft => draft.Settings.AllowAnonymousMetrics,
                static (draft, on) => draft.Settings = draft.Settings with { AllowAnonymousMetrics = on },
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
                static draft => draft.Settings.PriceFile,
                static (draft, file) => draft.Settings = draft.Settings with { PriceFile = file },
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
                static draft => draft.Settings.OtlpEndpoint,
                static (draft, address) => draft.Settings = draft.Settings with { OtlpEndpoint = address },
                "The OTLP collector; if omitted, nothing is sent."
            )
            {
                Variable = "OTEL_EXPORTER_OTLP_ENDPOINT",
            }
        ),
        new MapSetting<ConfigurationDraft, ProviderDraft>(
            "providers",
            "Providers by id: settings for a known one, or your own. "
                + "Known ones need only their key in the environment.",
            EndpointFormat.Provider,
            static (draft, id, provider, place) =>
            {
                provider.Place = place;
                draft.Providers[id] = provider;
            }
        ),
        new ListSetting<ConfigurationDraft, ModelDraft>(
            "models",
            "The models that clients may request. If omitted, each dialect passes any model on to its own provider.",
            EndpointFormat.Model,
            static (draft, model, place) =>
            {
                model.Place = place;
                draft.Models.Add(model);
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
