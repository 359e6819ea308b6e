using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using static Tollgate.Configuration.Declaration.SettingTypes;

namespace Tollgate.Configuration.Formats;

/// <summary>The items of the lists in <see cref="LiteLlmFormat"/>.</summary>
internal static class EntryFormat
{
    private static readonly SettingType<decimal?> Number = new(
        "number",
        "a number of at least 0",
        static (text, folder, out value) =>
        {
            var isRead = Money.TryRead(text, folder, out var number);
            value = number;
            return isRead;
        },
        static value => Money.Write(value!.Value)
    )
    {
        JsonType = "number",
    };

    public static readonly Section<EntryDraft> Entry = new([
        new ValueSetting<EntryDraft, string>(
            "model_name",
            Text,
            static entry => entry.Name,
            static (entry, name) => entry.Name = name,
            "The name that clients use; * or PROVIDER/* passes any name on."
        ),
        new SectionSetting<EntryDraft>(
            "litellm_params",
            "The deployment of the model.",
            new([
                new ValueSetting<EntryDraft, string>(
                    "model",
                    Text,
                    static entry => entry.Model,
                    static (entry, model) => entry.Model = model,
                    "The provider's prefix and the model's name there."
                ),
                new ValueSetting<EntryDraft, string>(
                    "custom_llm_provider",
                    Text,
                    static entry => entry.Provider,
                    static (entry, provider) => entry.Provider = provider,
                    "The provider, if the model has no prefix."
                ),
                new SecretSetting<EntryDraft>(
                    "api_key",
                    static (entry, key, variable) => (entry.ApiKey, entry.KeyVariable) = (key, variable),
                    "The API key; default: the provider's own variable."
                ),
                Address("api_base"),
                Address("base_url"),
                new ValueSetting<EntryDraft, string>(
                    "api_version",
                    Text,
                    static entry => entry.ApiVersion,
                    static (entry, version) => entry.ApiVersion = version,
                    "Azure's api-version."
                ),
                new ValueSetting<EntryDraft, string>(
                    "organization",
                    Text,
                    static _ => null,
                    static (entry, name) => entry.Headers["OpenAI-Organization"] = name,
                    "The OpenAI organization."
                ),
                new TextMapSetting<EntryDraft>(
                    "extra_headers",
                    EndpointFormat.AddHeader,
                    "Headers added to each request."
                ),
                new ValueSetting<EntryDraft, decimal?>(
                    "weight",
                    Number,
                    static entry => entry.Weight,
                    static (entry, number) => entry.Weight = number,
                    "The share of calls."
                ),
                new ValueSetting<EntryDraft, decimal?>(
                    "rpm",
                    Number,
                    static entry => entry.RequestsPerMinute,
                    static (entry, number) => entry.RequestsPerMinute = number,
                    "The share of calls, if there is no weight. Not enforced."
                ),
                new ValueSetting<EntryDraft, decimal?>(
                    "tpm",
                    Number,
                    static entry => entry.TokensPerMinute,
                    static (entry, number) => entry.TokensPerMinute = number,
                    "The share of calls, if there is no weight or rpm. Not enforced."
                ),
            ])
        ),
        new SectionSetting<EntryDraft>(
            "model_info",
            "About the model.",
            new([
                new ValueSetting<EntryDraft, string>(
                    "base_model",
                    Text,
                    static entry => entry.BaseModel,
                    static (entry, model) => entry.BaseModel = model,
                    "The model whose price applies."
                ),
            ])
        ),
    ]);

    public static readonly Section<RateLimitDraft> RateLimit = new([
        new ValueSetting<RateLimitDraft, string>(
            "model",
            Text,
            static rule => rule.Model,
            static (rule, model) => rule.Model = model,
            "The name that clients use."
        ),
        new ValueSetting<RateLimitDraft, long>(
            "limit",
            Integer(0, 1_000_000_000_000),
            static _ => default,
            static (rule, limit) => rule.Limit = limit,
            "The number of requests; 0 rejects all."
        ),
        new ValueSetting<RateLimitDraft, LimitPeriod>(
            "period",
            Choice(("minute", LimitPeriod.Minute), ("hour", LimitPeriod.Hour), ("day", LimitPeriod.Day)),
            static _ => default,
            static (rule, period) => rule.Period = period,
            "The window."
        ),
    ]);

    public static readonly Section<AlertDraft> Alert = new([
        new ValueSetting<AlertDraft, long>(
            "threshold",
            Integer(1, 1000),
            static _ => default,
            static (alert, threshold) => alert.Threshold = threshold,
            "Percent of the budget."
        ),
        new ValueSetting<AlertDraft, string>(
            "email",
            Text,
            static alert => alert.Email,
            static (alert, email) => alert.Email = email,
            "The recipient."
        ),
    ]);

    private static ValueSetting<EntryDraft, Uri> Address(string name) =>
        new(
            name,
            SettingTypes.Address,
            static entry => entry.BaseUrl,
            static (entry, address) => entry.BaseUrl = address,
            "The provider's base URL."
        );
}
