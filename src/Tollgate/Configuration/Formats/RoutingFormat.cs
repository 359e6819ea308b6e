using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Gateway.Routing;
using static Tollgate.Configuration.Declaration.SettingTypes;
using static Tollgate.Configuration.Formats.DraftSettings;

namespace Tollgate.Configuration.Formats;

/// <summary>The declaration of the settings for calls to providers.</summary>
internal static class RoutingFormat
{
    /// <summary>How calls are routed.</summary>
    public static readonly SectionSetting<ConfigurationDraft> Routing = Group(
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
        new ValueSetting<ConfigurationDraft, string>(
            "default_provider",
            Text,
            static draft => draft.Settings.DefaultProvider,
            static (draft, id) => draft.Settings = draft.Settings with { DefaultProvider = id },
            "The provider that /api/llm/status names as the default; if omitted, the first configured one. It does "
                + "not change how calls are routed."
        )
        {
            Variable = "DEFAULT_LLM_PROVIDER",
        },
        Value(
            "seed",
            Seed,
            static draft => draft.Routing.Seed,
            static (draft, seed) => draft.Routing = draft.Routing with { Seed = seed },
            "The seed for choosing among weighted deployments."
        )
    );

    /// <summary>The timeouts of provider calls.</summary>
    public static readonly SectionSetting<ConfigurationDraft> Timeouts = Group(
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
    );

    /// <summary>The handling of a call whose client disconnects.</summary>
    public static readonly Setting<ConfigurationDraft> ClientDisconnect = new ValueSetting<
        ConfigurationDraft,
        ClientDisconnectPolicy
    >(
        "on_client_disconnect",
        Choice(("cancel", ClientDisconnectPolicy.Cancel), ("drain", ClientDisconnectPolicy.Drain)),
        static draft => draft.Routing.OnClientDisconnect,
        static (draft, policy) => draft.Routing = draft.Routing with { OnClientDisconnect = policy },
        "If a client disconnects during a response: cancel the call at the provider and record what was received, "
            + "or drain it to its end."
    )
    {
        FormerName = "when_client_leaves",
    };
}
