using Microsoft.AspNetCore.Http;
using Tollgate.Gateway.Dialects;
using Tollgate.Gateway.Dialects.Anthropic;
using Tollgate.Gateway.Dialects.Gemini;
using Tollgate.Gateway.Dialects.OpenAI;

namespace Tollgate.Gateway.Endpoints;

/// <summary>The dialects of the gateway.</summary>
internal static class KnownDialects
{
    public static readonly IDialect OpenAI = new OpenAIDialect();
    public static readonly IDialect Anthropic = new AnthropicDialect();
    public static readonly IDialect Gemini = new GeminiDialect();

    public static readonly IReadOnlyList<IDialect> All = [OpenAI, Anthropic, Gemini];

    /// <summary>The prefixes below which all paths are the dialects'.</summary>
    public static readonly IReadOnlyList<string> Prefixes = ["/v1", "/v1beta", "/openai"];

    /// <summary>
    /// The paths of clients whose base address has no prefix. Everything below them belongs to the application.
    /// </summary>
    public static readonly IReadOnlyList<string> UnprefixedPaths =
    [
        ModelList.UnprefixedPath,
        .. All.SelectMany(static dialect => dialect.Operations)
            .SelectMany(static operation => operation.Paths)
            .Where(static path => !Prefixes.Any(prefix => path.StartsWith($"{prefix}/", StringComparison.Ordinal))),
    ];

    /// <summary>The dialect most likely spoken by a request outside the known routes.</summary>
    public static IDialect Guess(HttpRequest request)
    {
        if (
            request.Headers.ContainsKey("anthropic-version")
            || request.Headers.ContainsKey("x-api-key")
            || request.Path.StartsWithSegments("/v1/messages", StringComparison.Ordinal)
        )
            return Anthropic;
        return
            request.Headers.ContainsKey("x-goog-api-key")
            || request.Path.StartsWithSegments("/v1beta", StringComparison.Ordinal)
            ? Gemini
            : OpenAI;
    }

    /// <summary>Refuses a path that has no meter: it is not passed through unbilled.</summary>
    public static GatewayError UnknownRoute(HttpRequest request) =>
        GatewayError.NotFound(
            $"{request.Method} {request.Path} is not a route of this gateway, "
                + "which serves only metered routes; see docs/dialects.md.",
            "unknown_route"
        );
}
