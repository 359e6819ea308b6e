using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Gateway.Routing;
using Tollgate.Metering.Limits.Windows;
using static Tollgate.Configuration.Declaration.SettingTypes;

namespace Tollgate.Configuration.Formats;

/// <summary>
/// The supported part of LiteLLM's <c>config.yaml</c>, and of a <c>proxy.yaml</c> with rate limits and a budget in
/// addition to the same list of models.
/// </summary>
internal static class LiteLlmFormat
{
    /// <summary>Variables that the file itself defines; read before everything else.</summary>
    public const string VariablesKey = "environment_variables";

    /// <summary>The keys that distinguish such a file from <c>tollgate.yaml</c>.</summary>
    public static readonly IReadOnlyList<string> DistinguishingKeys =
    [
        "model_list",
        "litellm_settings",
        "router_settings",
        "general_settings",
        "rate_limits",
        "budget",
        VariablesKey,
    ];

    private static readonly Setting<LiteLlmDraft> Retries = RoutingSetting(
        "num_retries",
        Integer(0, 20),
        "Retries after the first attempt.",
        static (routing, count) => routing with { Retries = (int)count }
    );

    private static readonly Setting<LiteLlmDraft> Fallbacks = new FallbackSetting(
        "fallbacks",
        "Models to try, in order, when one fails.",
        static (file, fallback) => file.Fallbacks.Add(fallback)
    );

    public static readonly Section<LiteLlmDraft> Root = new([
        new ListSetting<LiteLlmDraft, EntryDraft>(
            "model_list",
            "Deployments; those with the same model_name share its calls.",
            EntryFormat.Entry,
            static (file, entry, place) =>
            {
                entry.Place = place;
                file.Entries.Add(entry);
            }
        ),
        new SectionSetting<LiteLlmDraft>(
            "litellm_settings",
            "Settings of LiteLLM.",
            new([
                Retries,
                RoutingSetting(
                    "request_timeout",
                    Seconds,
                    "The timeout for response headers.",
                    static (routing, time) => routing with { FirstByteTimeout = time }
                ),
                Fallbacks,
                new TextListSetting<LiteLlmDraft>(
                    "default_fallbacks",
                    Text,
                    static file => file.DefaultFallbacks,
                    static (file, names) => file.DefaultFallbacks = names,
                    "Models to try for those without their own fallbacks."
                ),
                new ValueSetting<LiteLlmDraft, decimal>(
                    "max_budget",
                    Money,
                    static _ => default,
                    static (file, amount) => file.MaxBudget = amount,
                    "The maximum total spend, in USD."
                ),
                new ValueSetting<LiteLlmDraft, LimitWindow>(
                    "budget_duration",
                    LimitFormat.Window,
                    static _ => null,
                    static (file, window) => file.BudgetDuration = window,
                    "The interval after which that resets; default: never."
                ),
                new ValueSetting<LiteLlmDraft, bool>(
                    "json_logs",
                    SettingTypes.Boolean,
                    static file => file.Draft.Settings.LogJson,
                    static (file, on) => file.Draft.Settings = file.Draft.Settings with { LogJson = on },
                    "A log of JSON lines."
                ),
            ])
        ),
        new SectionSetting<LiteLlmDraft>(
            "router_settings",
            "Settings of LiteLLM's router.",
            new([
                Retries,
                RoutingSetting(
                    "timeout",
                    Seconds,
                    "The timeout for response headers.",
                    static (routing, time) => routing with { FirstByteTimeout = time }
                ),
                RoutingSetting(
                    "retry_after",
                    Seconds,
                    "The wait before a retry.",
                    static (routing, time) => routing with { RetryDelay = time }
                ),
                // LiteLLM cools a deployment down after more failures than this, Tollgate after exactly this many.
                RoutingSetting(
                    "allowed_fails",
                    Integer(0, 999),
                    "The number of failures that do not yet trigger the cooldown.",
                    static (routing, count) => routing with { AllowedFailures = (int)count + 1 }
                ),
                RoutingSetting(
                    "cooldown_time",
                    Seconds,
                    "The cooldown of a failing deployment.",
                    static (routing, time) => routing with { CoolDown = time }
                ),
                new StrategySetting(
                    "routing_strategy",
                    "Only simple-shuffle (by weight) is supported; others are treated the same, with a warning."
                ),
                Fallbacks,
                new AliasSetting(
                    "model_group_alias",
                    "Aliases of models.",
                    static (file, alias) => file.Aliases.Add(alias)
                ),
            ])
        ),
        new SectionSetting<LiteLlmDraft>(
            "general_settings",
            "Settings of LiteLLM's proxy.",
            new([
                new ValueSetting<LiteLlmDraft, long>(
                    "max_request_size_mb",
                    Integer(1, 100_000),
                    static file => file.Draft.Gateway.MaxRequestBodyBytes >> 20,
                    static (file, size) =>
                        file.Draft.Gateway = file.Draft.Gateway with { MaxRequestBodyBytes = size << 20 },
                    "The maximum request body, in MiB."
                ),
                new ValueSetting<LiteLlmDraft, long>(
                    "global_max_parallel_requests",
                    Integer(1, 1_000_000),
                    static _ => default,
                    static (file, count) => file.MaxParallelRequests = count,
                    "The maximum number of concurrent calls."
                ),
            ])
        ),
        new TextMapSetting<LiteLlmDraft>(
            VariablesKey,
            static (_, _, _) => null,
            "Variables; those of the real environment take precedence."
        ),
        new ListSetting<LiteLlmDraft, RateLimitDraft>(
            "rate_limits",
            "Requests to a model in each minute, hour or day.",
            EntryFormat.RateLimit,
            AddRateLimit
        ),
        new SectionSetting<LiteLlmDraft>(
            "budget",
            "The maximum spend, in USD.",
            new([
                Budget("total", "In all.", static (budget, amount) => budget with { Total = amount }),
                Budget("daily", "In a day.", static (budget, amount) => budget with { Daily = amount }),
                Budget("monthly", "In a month.", static (budget, amount) => budget with { Monthly = amount }),
                new ListSetting<LiteLlmDraft, AlertDraft>(
                    "alerts",
                    "The recipients notified when a part of it is spent.",
                    EntryFormat.Alert,
                    AddAlert
                ),
            ])
        ),
    ]);

    private static ValueSetting<LiteLlmDraft, T> RoutingSetting<T>(
        string name,
        SettingType<T> type,
        string description,
        Func<RoutingOptions, T, RoutingOptions> set
    ) =>
        new(
            name,
            type,
            static _ => default,
            (file, value) => file.Draft.Routing = set(file.Draft.Routing, value),
            description
        );

    private static ValueSetting<LiteLlmDraft, decimal> Budget(
        string name,
        string description,
        Func<BudgetRule, decimal, BudgetRule> set
    ) =>
        new(
            name,
            Money,
            static _ => default,
            (file, amount) => file.Draft.Budget = set(file.Draft.Budget ?? new(null, null, null, []), amount),
            description
        );

    private static void AddRateLimit(LiteLlmDraft file, RateLimitDraft rule, LocatedValue place)
    {
        if (rule is { Model: { } model, Limit: { } limit, Period: { } period })
            file.Draft.RateLimits.Add(new(model, limit, period));
        else
            place.Error("A rate limit needs model, limit and period (minute, hour or day).");
    }

    private static void AddAlert(LiteLlmDraft file, AlertDraft alert, LocatedValue place)
    {
        if (alert.Threshold is not { } threshold)
            place.Error("An alert needs a threshold, in percent of the budget.");
        else
            file.Draft.Budget = (file.Draft.Budget ?? new(null, null, null, [])) is var budget
                ? budget with
                {
                    Alerts = [.. budget.Alerts, new(threshold, alert.Email)],
                }
                : null;
    }
}
