using Tollgate.Gateway.Providers;
using Tollgate.Metering.Pricing;

namespace Tollgate.Configuration.Routes;

/// <summary>The provider of a model; or, if <paramref name="Error"/> is set, why it cannot be determined.</summary>
/// <param name="Provider">The provider's id.</param>
/// <param name="Model">The name at the provider.</param>
/// <param name="Error">The error, and how to fix it.</param>
internal readonly record struct AttributedModel(string Provider, string Model, string? Error = null);

/// <summary>Determines which provider a model name in a file belongs to.</summary>
/// <param name="providerOfPrefix">Maps a prefix to a provider's id; null if it is part of a model name.</param>
/// <param name="prices">All prices, which list the providers' models by exact name.</param>
/// <param name="now">The time whose prices are used.</param>
internal sealed class ModelAttribution(Func<string, string?> providerOfPrefix, PriceBook prices, DateTimeOffset now)
{
    // Providers that LiteLLM serves in their own dialect; such a prefix must not be taken as part of the model name.
    private static readonly string[] Unsupported =
    [
        "bedrock",
        "sagemaker",
        "vertex_ai",
        "vertex_ai_beta",
        "azure_ai",
        "cohere",
        "cohere_chat",
        "huggingface",
        "watsonx",
        "replicate",
        "databricks",
        "palm",
        "nlp_cloud",
        "petals",
        "oobabooga",
        "baseten",
        "triton",
        "aleph_alpha",
    ];

    /// <summary>
    /// Tries the prefix (<c>groq/…</c>), the known address, the variable that holds the key, and the prices, in this
    /// order;
    /// otherwise an address is assumed to use OpenAI's dialect.
    /// </summary>
    public AttributedModel Attribute(string text, string? keyVariable, Uri? address)
    {
        var slash = text.IndexOf('/');
        var ofKey = keyVariable is null ? null : FindProviderByVariable(keyVariable);
        if (slash > 0 && slash < text.Length - 1)
        {
            // Groq's key with Groq's model "openai/gpt-oss-120b": the prefix is part of the name there.
            if (ofKey is not null && prices.Find(ofKey, text, now) is not null)
                return new(ofKey, text);
            if (providerOfPrefix(text[..slash]) is { } provider)
                return new(provider, text[(slash + 1)..]);
            if (Unsupported.Contains(text[..slash]))
                return new("", text, UnsupportedProvider(text[..slash]));
        }

        if (address is not null && AttributeByAddress(address) is { } host)
            return new(host, text);
        if (ofKey is not null)
            return new(ofKey, text);
        return AttributeByPrice(text, address);
    }

    /// <summary>
    /// The provider whose key a variable holds: <c>GROQ_API_KEY</c>, or a name that begins with it, such as
    /// <c>GROQ_API_KEY_2</c>.
    /// </summary>
    private static string? FindProviderByVariable(string variable) =>
        KnownProviders
            .ById.Values.FirstOrDefault(provider =>
                provider.KeyVariables.Any(name => variable.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            )
            ?.Id;

    private static string? AttributeByAddress(Uri address) =>
        KnownProviders
            .ById.Values.FirstOrDefault(provider =>
                provider.BaseAddress?.Authority.Equals(address.Authority, StringComparison.OrdinalIgnoreCase) == true
            )
            ?.Id;

    private AttributedModel AttributeByPrice(string text, Uri? address)
    {
        // Only providers with a public address: Azure sells models under the same names.
        var sellers = KnownProviders
            .ById.Values.Where(provider =>
                provider.BaseAddress is not null && prices.Find(provider.Id, text, now) is not null
            )
            .Select(static provider => provider.Id)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (sellers.Count == 1)
            return new(sellers[0], text);
        if (address is not null)
            return new("openai", text);
        return new(
            "",
            text,
            sellers.Count == 0
                ? $"'{text}' does not name a provider, and the price list does not contain it. Write PROVIDER/{text}, "
                    + $"such as openai/{text}, or give a base address."
                : $"'{text}' is sold by {string.Join(" and ", sellers)}. Write {sellers[0]}/{text}, or the other."
        );
    }

    private static string UnsupportedProvider(string prefix) =>
        $"The provider '{prefix}' is not supported. If it has an OpenAI-compatible address, write openai/MODEL with "
        + $"that as api_base.";
}
