namespace Tollgate.Gateway.Providers;

/// <summary>How a provider wants its key.</summary>
public enum KeyPlacement
{
    /// <summary><c>Authorization: Bearer KEY</c>.</summary>
    Bearer,

    /// <summary>Anthropic's <c>x-api-key</c>.</summary>
    XApiKey,

    /// <summary>Gemini's <c>x-goog-api-key</c>.</summary>
    XGoogApiKey,

    /// <summary>Azure's <c>api-key</c>.</summary>
    ApiKey,
}

/// <summary>A wire dialect.</summary>
public enum WireDialect
{
    /// <summary>OpenAI's, spoken by most providers.</summary>
    OpenAI,

    /// <summary>Anthropic's Messages API.</summary>
    Anthropic,

    /// <summary>The Gemini API.</summary>
    Gemini,
}

/// <summary>A provider as it is known before any configuration.</summary>
/// <param name="Id">The id, as in records and prices: <c>openai</c>.</param>
/// <param name="Dialect">What it speaks.</param>
/// <param name="BaseAddress">
/// Where it is: for the OpenAI dialect with the version (<c>…/v1</c>), for the others without; null where every
/// customer has an own address.
/// </param>
/// <param name="KeyVariables">Environment variables that may hold its key, the first one found wins; empty where it
/// needs none.</param>
/// <param name="KeyPlacement">Where the key goes.</param>
/// <param name="AcceptsStreamOptions">Whether it accepts <c>stream_options.include_usage</c>; one that does not states
/// usage unasked.</param>
public sealed record Provider(
    string Id,
    WireDialect Dialect,
    Uri? BaseAddress,
    IReadOnlyList<string> KeyVariables,
    KeyPlacement KeyPlacement = KeyPlacement.Bearer,
    bool AcceptsStreamOptions = true
);
