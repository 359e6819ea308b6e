using System.Collections.Frozen;
using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Gateway.Providers;
using static Tollgate.Configuration.Declaration.SettingTypes;

namespace Tollgate.Configuration.Formats;

/// <summary>The declaration of providers, models and deployments in <c>tollgate.yaml</c>.</summary>
internal static class EndpointFormat
{
    // Headers of the connection or set by the gateway: a fixed value would break the request.
    private static readonly FrozenSet<string> ReservedHeaders = new[]
    {
        "Host",
        "Content-Length",
        "Content-Type",
        "Transfer-Encoding",
        "Connection",
        "Keep-Alive",
        "Upgrade",
        "TE",
        "Trailer",
        "Expect",
        "Accept-Encoding",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static readonly Section<ProviderDraft> Provider = new([
        new ValueSetting<ProviderDraft, string>(
            "kind",
            Text,
            static provider => provider.Kind,
            static (provider, kind) => provider.Kind = kind,
            "The known provider that it is an instance of, which determines its prices and defaults; "
                + "default: its own id."
        ),
        .. Endpoint<ProviderDraft>(),
        new ValueSetting<ProviderDraft, WireDialect?>(
            "dialect",
            Dialects,
            static provider => provider.Dialect,
            static (provider, dialect) => provider.Dialect = dialect,
            "The API dialect; default: that of its kind, otherwise openai."
        ),
        new ValueSetting<ProviderDraft, KeyPlacement?>(
            "key_in",
            KeyPlacements,
            static provider => provider.KeyPlacement,
            static (provider, place) => provider.KeyPlacement = place,
            "The header that carries the key; default: that of its kind or dialect."
        ),
        new ValueSetting<ProviderDraft, bool?>(
            "stream_options",
            Flag,
            static provider => provider.StreamOptions,
            static (provider, on) => provider.StreamOptions = on,
            "If true, stream_options.include_usage may be added to a streamed request, "
                + "so that the response reports its usage."
        ),
    ]);

    public static readonly Section<DeploymentDraft> Deployment = new([
        new ValueSetting<DeploymentDraft, string>(
            "provider",
            Text,
            static deployment => deployment.Provider,
            static (deployment, id) => deployment.Provider = id,
            "The provider's id; may also prefix the model, as in openai/gpt-4o."
        ),
        new ValueSetting<DeploymentDraft, string>(
            "model",
            Text,
            static deployment => deployment.Model,
            static (deployment, model) => deployment.Model = model,
            "The model's name at the provider; default: the name that clients use."
        ),
        new ValueSetting<DeploymentDraft, long>(
            "weight",
            Integer(1, 1_000_000),
            static deployment => deployment.Weight,
            static (deployment, weight) => deployment.Weight = weight,
            "Its share of the calls relative to the model's other deployments."
        ),
        new ValueSetting<DeploymentDraft, string>(
            "priced_as",
            Text,
            static deployment => deployment.PricedAs,
            static (deployment, model) => deployment.PricedAs = model,
            "The model whose price applies, if the name at the provider is your own (Azure)."
        ),
        .. Endpoint<DeploymentDraft>(),
    ]);

    public static readonly Section<ModelDraft> Model = new([
        new ValueSetting<ModelDraft, string>(
            "name",
            Text,
            static model => model.Name,
            static (model, name) => model.Name = name,
            "The name that clients use."
        ),
        new ListSetting<ModelDraft, DeploymentDraft>(
            "deployments",
            "The deployments of the model. A single one may be written as text, such as openai/gpt-4o.",
            Deployment,
            static (model, deployment, place) =>
            {
                deployment.Place = place;
                model.Deployments.Add(deployment);
            }
        )
        {
            Shorthand = static (deployment, text) => deployment.Model = text,
        },
        new TextListSetting<ModelDraft>(
            "fallbacks",
            Text,
            static model => model.Fallbacks,
            static (model, names) => model.Fallbacks = names,
            "Models of this list to try, in order, when no deployment responds."
        ),
    ]);

    /// <summary>Adds a header to a draft, or returns why it cannot be sent.</summary>
    public static string? AddHeader(EndpointDraft endpoint, string name, string value)
    {
        if (ReservedHeaders.Contains(name))
            return $"The header {name} is set by the gateway itself. Remove it.";
        if (
            name.Length == 0
            || !name.All(static letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter))
        )
            return "This is not a valid header name.";
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return "The value contains a line break or a character that is not printable ASCII.";
        using var request = new HttpRequestMessage();
        if (!request.Headers.TryAddWithoutValidation(name, value))
            return $"The header {name} is a content header, not a request header.";
        endpoint.Headers[name] = value;
        return null;
    }

    private static SettingType<WireDialect?> Dialects =>
        Choice<WireDialect?>(
            ("openai", WireDialect.OpenAI),
            ("anthropic", WireDialect.Anthropic),
            ("gemini", WireDialect.Gemini)
        );

    private static SettingType<KeyPlacement?> KeyPlacements =>
        Choice<KeyPlacement?>(
            ("bearer", KeyPlacement.Bearer),
            ("x-api-key", KeyPlacement.XApiKey),
            ("x-goog-api-key", KeyPlacement.XGoogApiKey),
            ("api-key", KeyPlacement.ApiKey)
        );

    private static Setting<T>[] Endpoint<T>()
        where T : EndpointDraft, new() =>
        [
            new ValueSetting<T, Uri>(
                "base_url",
                Address,
                static endpoint => endpoint.BaseUrl,
                static (endpoint, address) => endpoint.BaseUrl = address,
                "The base URL: with the version (…/v1) in the OpenAI dialect, without it in the others."
            ),
            new SecretSetting<T>(
                "api_key",
                static (endpoint, key, variable) => (endpoint.ApiKey, endpoint.KeyVariable) = (key, variable),
                "The API key; preferably as ${NAME}. "
                    + "Default: the known provider's variable, unless base_url points elsewhere."
            ),
            new ValueSetting<T, string>(
                "api_version",
                Text,
                static endpoint => endpoint.ApiVersion,
                static (endpoint, version) => endpoint.ApiVersion = version,
                "Azure's api-version."
            ),
            new TextMapSetting<T>("headers", AddHeader, "Headers added to each request."),
            new ValueSetting<T, bool?>(
                "http2",
                Flag,
                static endpoint => endpoint.Http2,
                static (endpoint, on) => endpoint.Http2 = on,
                "Use HTTP/2 without TLS (h2c) for the base URL."
            ),
        ];
}
