using System.Collections.Frozen;
using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Gateway.Providers;
using static Tollgate.Configuration.Declaration.SettingTypes;

namespace Tollgate.Configuration.Formats;

/// <summary>The declaration of providers, models and deployments in <c>tollgate.yaml</c>.</summary>
internal static class EndpointFormat
{
    // What belongs to the connection or is set by the gate: a fixed value would break the request.
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
            "The known provider that it is one of, by which it is priced and from which the rest is taken; left out, "
                + "its own id."
        ),
        .. Endpoint<ProviderDraft>(),
        new ValueSetting<ProviderDraft, WireDialect?>(
            "dialect",
            Dialects,
            static provider => provider.Dialect,
            static (provider, dialect) => provider.Dialect = dialect,
            "What it speaks; left out, openai or that of its kind."
        ),
        new ValueSetting<ProviderDraft, KeyPlacement?>(
            "key_in",
            KeyPlacements,
            static provider => provider.KeyPlacement,
            static (provider, place) => provider.KeyPlacement = place,
            "The header that carries the key; left out, that of its kind or dialect."
        ),
        new ValueSetting<ProviderDraft, bool?>(
            "stream_options",
            Flag,
            static provider => provider.StreamOptions,
            static (provider, on) => provider.StreamOptions = on,
            "Whether stream_options.include_usage may be added to a streamed request, so that the answer states its "
                + "usage."
        ),
    ]);

    public static readonly Section<DeploymentDraft> Deployment = new([
        new ValueSetting<DeploymentDraft, string>(
            "provider",
            Text,
            static deployment => deployment.Provider,
            static (deployment, id) => deployment.Provider = id,
            "The provider's id; may also stand before the model, as in openai/gpt-4o."
        ),
        new ValueSetting<DeploymentDraft, string>(
            "model",
            Text,
            static deployment => deployment.Model,
            static (deployment, model) => deployment.Model = model,
            "The model's name at the provider; left out, the name that callers use."
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
            "The model whose price holds, where the name at the provider is your own (Azure)."
        ),
        .. Endpoint<DeploymentDraft>(),
    ]);

    public static readonly Section<ModelDraft> Model = new([
        new ValueSetting<ModelDraft, string>(
            "name",
            Text,
            static model => model.Name,
            static (model, name) => model.Name = name,
            "The name that callers use."
        ),
        new ListSetting<ModelDraft, DeploymentDraft>(
            "deployments",
            "Where the model can be had. One alone may be written as text, such as openai/gpt-4o.",
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
            "Models of this list to try, in order, when none of the deployments answers."
        ),
    ]);

    /// <summary>Takes a header into a draft, or says why it cannot be sent.</summary>
    public static string? AddHeader(EndpointDraft endpoint, string name, string value)
    {
        if (ReservedHeaders.Contains(name))
            return $"The header {name} is set by the gate itself. Remove it.";
        if (
            name.Length == 0
            || !name.All(static letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter))
        )
            return "This is not a header's name.";
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return "The value holds a line break or a character beyond printable ASCII.";
        using var request = new HttpRequestMessage();
        if (!request.Headers.TryAddWithoutValidation(name, value))
            return $"The header {name} describes a body, and is not one of a request.";
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
                "Its address: with the version (…/v1) in the OpenAI dialect, without in the others."
            ),
            new SecretSetting<T>(
                "api_key",
                static (endpoint, key, variable) => (endpoint.ApiKey, endpoint.KeyVariable) = (key, variable),
                "Its key; best as ${NAME}. Left out, the known provider's variable, unless base_url leads elsewhere."
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
                "Speak HTTP/2 without TLS (h2c) to the address."
            ),
        ];
}
