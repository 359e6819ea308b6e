namespace Tollgate.Gateway.Providers;

/// <summary>The header in which a provider expects its key.</summary>
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

/// <summary>A provider, before any configuration.</summary>
/// <param name="Id">The id, as in records and prices: <c>openai</c>.</param>
/// <param name="Dialect">The dialect that it speaks.</param>
/// <param name="BaseAddress">
/// Its address: with the version (<c>…/v1</c>) for the OpenAI dialect, without for the others; null if each customer
/// has its own address.
/// </param>
/// <param name="KeyVariables">
/// Environment variables that may hold its key; the first one found wins. Empty if it needs no key.
/// </param>
/// <param name="KeyPlacement">The header for the key.</param>
public sealed record Provider(
    string Id,
    WireDialect Dialect,
    Uri? BaseAddress,
    IReadOnlyList<string> KeyVariables,
    KeyPlacement KeyPlacement = KeyPlacement.Bearer
)
{
    /// <summary>
    /// True if it accepts <c>stream_options.include_usage</c>; one that does not reports usage without being asked.
    /// </summary>
    public bool AcceptsStreamOptions { get; init; } = true;
}
