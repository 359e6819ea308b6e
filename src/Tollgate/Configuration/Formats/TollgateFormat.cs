using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using static Tollgate.Configuration.Declaration.SettingTypes;
using static Tollgate.Configuration.Formats.DraftSettings;

namespace Tollgate.Configuration.Formats;

/// <summary>The declaration of <c>tollgate.yaml</c>, with every setting declared once.</summary>
internal static class TollgateFormat
{
    public const string FileName = "tollgate.yaml";

    public static readonly Section<ConfigurationDraft> Root = new([
        ListenFormat.Section,
        AccountFormat.Section,
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
        RoutingFormat.Routing,
        RoutingFormat.Timeouts,
        RoutingFormat.ClientDisconnect,
        LedgerFormat.Ledger,
        LedgerFormat.Registry,
        LimitFormat.Section,
        TranscriptFormat.Section,
        AlertFormat.Section,
        JobFormat.Section,
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
                    + "requires the permission metrics:read, once there is an account or a virtual key."
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
}
