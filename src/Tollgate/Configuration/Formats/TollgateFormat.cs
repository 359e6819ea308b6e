using Tollgate.Accounting.Transcripts;
using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Configuration.Problems;
using Tollgate.Gateway.Routing;
using static Tollgate.Configuration.Declaration.SettingTypes;

namespace Tollgate.Configuration.Formats;

/// <summary>The declaration of <c>tollgate.yaml</c>: every setting, once.</summary>
internal static class TollgateFormat
{
    public const string FileName = "tollgate.yaml";

    public static readonly Section<GateDraft> Root = new([
        Group(
            "listen",
            "Where the gate listens.",
            new TextListSetting<GateDraft>(
                "urls",
                ListenAddress,
                static gate => gate.Settings.Urls,
                static (gate, urls) => gate.Settings = gate.Settings with { Urls = urls },
                "Addresses to listen on. Beyond this machine (0.0.0.0, *) only once a virtual key exists."
            )
            {
                Variable = "TOLLGATE_URLS",
            }
        ),
        new ValueSetting<GateDraft, string>(
            "data",
            SettingTypes.Path,
            static gate => gate.DataFolder,
            static (gate, folder) => gate.DataFolder = folder,
            "The folder of the ledger, the virtual keys and own prices; left out, the user's data folder. Relative to "
                + "this file."
        )
        {
            Variable = "TOLLGATE_HOME",
        },
        Group(
            "memory",
            "What request bodies may occupy.",
            Value(
                "request_bodies",
                Size,
                static gate => gate.Gateway.RequestMemory,
                static (gate, size) => gate.Gateway = gate.Gateway with { RequestMemory = size },
                "What the bodies of all calls under way may occupy together; a call beyond it is answered 503."
            ),
            Value(
                "largest_request",
                Size,
                static gate => gate.Gateway.MaxRequestBody,
                static (gate, size) => gate.Gateway = gate.Gateway with { MaxRequestBody = size },
                "The largest body of one call; a larger one is answered 413."
            )
        ),
        Group(
            "routing",
            "How calls find their deployment.",
            Value(
                "retries",
                Integer(0, 20),
                static gate => gate.Routing.Retries,
                static (gate, count) => gate.Routing = gate.Routing with { Retries = (int)count },
                "Attempts after the first one, over all deployments and fallbacks of a call. Only before the first "
                    + "byte reached the caller."
            ),
            Value(
                "retry_delay",
                Duration,
                static gate => gate.Routing.RetryDelay,
                static (gate, time) => gate.Routing = gate.Routing with { RetryDelay = time },
                "The wait before a retry at the same deployment where the provider names none; doubled each time."
            ),
            Value(
                "longest_retry_wait",
                Duration,
                static gate => gate.Routing.LongestRetryWait,
                static (gate, time) => gate.Routing = gate.Routing with { LongestRetryWait = time },
                "The longest Retry-After of a provider that is waited for; a longer one is passed on to the caller."
            ),
            Value(
                "allowed_failures",
                Integer(1, 1000),
                static gate => gate.Routing.AllowedFailures,
                static (gate, count) => gate.Routing = gate.Routing with { AllowedFailures = (int)count },
                "Failures in a row after which a deployment is left alone for a while."
            ),
            Value(
                "cool_down",
                Duration,
                static gate => gate.Routing.CoolDown,
                static (gate, time) => gate.Routing = gate.Routing with { CoolDown = time },
                "How long it is left alone."
            ),
            Value(
                "seed",
                Seed,
                static gate => gate.Routing.Seed,
                static (gate, seed) => gate.Routing = gate.Routing with { Seed = seed },
                "Seeds the choice among weighted deployments."
            )
        ),
        Group(
            "timeouts",
            "How long a provider is waited for.",
            Value(
                "connect",
                Duration,
                static gate => gate.Routing.ConnectTimeout,
                static (gate, time) => gate.Routing = gate.Routing with { ConnectTimeout = time },
                "The longest time to connect."
            ),
            Value(
                "first_byte",
                Duration,
                static gate => gate.Routing.FirstByteTimeout,
                static (gate, time) => gate.Routing = gate.Routing with { FirstByteTimeout = time },
                "The longest time from the request to the head of its answer."
            ),
            Value(
                "idle",
                Duration,
                static gate => gate.Routing.IdleTimeout,
                static (gate, time) => gate.Routing = gate.Routing with { IdleTimeout = time },
                "The longest silence within an answer."
            )
        ),
        Value(
            "when_client_leaves",
            Choice(("cancel", ClientLeavePolicy.Cancel), ("drain", ClientLeavePolicy.Drain)),
            static gate => gate.Routing.WhenClientLeaves,
            static (gate, policy) => gate.Routing = gate.Routing with { WhenClientLeaves = policy },
            "When a caller leaves in mid-answer: cancel the call at the provider and book what was received, or drain "
                + "it to its end."
        ),
        Group(
            "ledger",
            "How the ledger is kept.",
            new ValueSetting<GateDraft, string>(
                "database",
                DatabaseUrl,
                static gate => gate.Settings.Database,
                static (gate, url) => gate.Settings = gate.Settings with { Database = url },
                "The server that keeps the ledger, such as postgres://user@host/tollgate; left out, a file in the "
                    + "data folder. The data folder then holds what is on its way there."
            )
            {
                Variable = "DATABASE_URL",
            },
            Value(
                "checkpoint",
                Size,
                static gate => gate.Settings.LedgerCheckpoint,
                static (gate, size) => gate.Settings = gate.Settings with { LedgerCheckpoint = size },
                "The size of the write-ahead log at which it is copied into the database, in the background."
            )
        ),
        Group(
            "directory",
            "What is asked of the users, projects, applications and sessions that calls name.",
            new TextListSetting<GateDraft>(
                "require",
                Requirement,
                static gate => Requirements.Names(gate.Gateway.Require),
                static (gate, names) => gate.Gateway = gate.Gateway with { Require = Requirements.Of(names) },
                "What every call must name, and the directory must know. Left out, unknown names are taken as they "
                    + "come. What is deactivated is always refused."
            )
        ),
        LimitFormat.Section,
        Group(
            "audit",
            "What is kept of calls beside their usage, in a database of its own. See docs/audit.md.",
            Value(
                "texts",
                Choice(("off", AuditTexts.Off), ("prompts", AuditTexts.Prompts), ("all", AuditTexts.All)),
                static gate => gate.Settings.Audit.Texts,
                static (gate, texts) =>
                    gate.Settings = gate.Settings with { Audit = gate.Settings.Audit with { Texts = texts } },
                "Which texts of calls are kept: none, what is asked (prompts), or what is asked and answered (all)."
            ),
            Value(
                "refusals",
                SettingTypes.Boolean,
                static gate => gate.Settings.Audit.KeepsRefusals,
                static (gate, on) =>
                    gate.Settings = gate.Settings with { Audit = gate.Settings.Audit with { KeepsRefusals = on } },
                "Whether calls that the gate refuses are kept: who, which model, why; not their texts."
            ),
            Value(
                "retention",
                Days,
                static gate => gate.Settings.Audit.Retention,
                static (gate, time) =>
                    gate.Settings = gate.Settings with { Audit = gate.Settings.Audit with { Retention = time } },
                "How long texts and refusals are kept."
            ),
            Value(
                "max_text",
                SizeUpTo(4 * 1024 * 1024),
                static gate => gate.Settings.Audit.MaxText,
                static (gate, size) =>
                    gate.Settings = gate.Settings with { Audit = gate.Settings.Audit with { MaxText = (int)size } },
                "The longest text that is kept. A longer one is cut, and marked as cut."
            ),
            Value(
                "when_unavailable",
                Choice(("continue", AuditOutage.Continue), ("refuse", AuditOutage.Refuse)),
                static gate => gate.Settings.Audit.WhenUnavailable,
                static (gate, outage) =>
                    gate.Settings = gate.Settings with
                    {
                        Audit = gate.Settings.Audit with { WhenUnavailable = outage },
                    },
                "While texts cannot be written: continue passes calls on, and counts the texts that it has to drop; "
                    + "refuse answers 503 before anything is sent."
            ),
            new ValueSetting<GateDraft, string>(
                "database",
                DatabaseUrl,
                static gate => gate.Settings.AuditDatabase,
                static (gate, url) => gate.Settings = gate.Settings with { AuditDatabase = url },
                "The database that keeps them, such as postgres://user@host/audit or sqlite:///path/to/audit.db; left "
                    + "out, the file audit.db in the data folder."
            )
            {
                Variable = "AUDIT_DATABASE_URL",
            }
        ),
        AlertFormat.Section,
        Group(
            "shutdown",
            "How the gate stops.",
            Value(
                "deadline",
                Duration,
                static gate => gate.Settings.ShutdownDeadline,
                static (gate, time) => gate.Settings = gate.Settings with { ShutdownDeadline = time },
                "How long running answers get to finish."
            )
        ),
        Group(
            "log",
            "What is written to the log. Never a prompt, an answer or a key.",
            Value(
                "calls",
                SettingTypes.Boolean,
                static gate => gate.Gateway.LogCalls,
                static (gate, on) => gate.Gateway = gate.Gateway with { LogCalls = on },
                "A line for each call, with its tokens and its cost."
            ),
            Value(
                "format",
                Choice(("text", false), ("json", true)),
                static gate => gate.Settings.LogJson,
                static (gate, json) => gate.Settings = gate.Settings with { LogJson = json },
                "Lines of text, or a JSON object a line."
            )
        ),
        Group(
            "metrics",
            "Who may read /metrics.",
            Value(
                "open",
                SettingTypes.Boolean,
                static gate => gate.Settings.OpenMetrics,
                static (gate, on) => gate.Settings = gate.Settings with { OpenMetrics = on },
                "Whether anybody who reaches the gate may read /metrics, which tells what is spent. Else it needs a "
                    + "virtual key, once one was ever made."
            )
        ),
        Group(
            "prices",
            "Where own prices stand.",
            new ValueSetting<GateDraft, string>(
                "file",
                SettingTypes.Path,
                static gate => gate.Settings.PriceFile,
                static (gate, file) => gate.Settings = gate.Settings with { PriceFile = file },
                "A price file that goes before prices.json of the data folder and before the built-in prices. "
                    + "Relative to this file."
            )
        ),
        Group(
            "telemetry",
            "Where traces and metrics are sent, beside /metrics.",
            new ValueSetting<GateDraft, Uri>(
                "otlp_endpoint",
                Address,
                static gate => gate.Settings.OtlpEndpoint,
                static (gate, address) => gate.Settings = gate.Settings with { OtlpEndpoint = address },
                "The OTLP collector; left out, nothing is sent."
            )
            {
                Variable = "OTEL_EXPORTER_OTLP_ENDPOINT",
            }
        ),
        new MapSetting<GateDraft, ProviderDraft>(
            "providers",
            "Providers by id: more about a known one, or one of your own. Known ones need nothing here but their key "
                + "in the environment.",
            EndpointFormat.Provider,
            static (gate, id, provider, place) =>
            {
                provider.Place = place;
                gate.Providers[id] = provider;
            }
        ),
        new ListSetting<GateDraft, ModelDraft>(
            "models",
            "The models that callers may ask for. Left out, each dialect passes any model on to its own provider.",
            EndpointFormat.Model,
            static (gate, model, place) =>
            {
                model.Place = place;
                gate.Models.Add(model);
            }
        ),
    ]);

    private static SectionSetting<GateDraft> Group(
        string name,
        string description,
        params Setting<GateDraft>[] settings
    ) => new(name, description, new(settings));

    private static ValueSetting<GateDraft, T> Value<T>(
        string name,
        SettingType<T> type,
        Func<GateDraft, T> get,
        Action<GateDraft, T> set,
        string description
    ) => new(name, type, get, set, description);
}
