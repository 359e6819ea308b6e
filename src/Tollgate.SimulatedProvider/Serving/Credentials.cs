using Microsoft.AspNetCore.Http;
using Tollgate.SimulatedProvider.Requests;

namespace Tollgate.SimulatedProvider.Serving;

/// <summary>
/// True if a caller presents any credential at all, where its dialect carries it. The value is never stored.
/// </summary>
internal static class Credentials
{
    public static bool ArePresent(HttpRequest request, ProviderFamily family) =>
        family switch
        {
            ProviderFamily.Anthropic => Has(request, "x-api-key") || HasBearer(request),
            ProviderFamily.Gemini => Has(request, "x-goog-api-key")
                || !string.IsNullOrEmpty(request.Query["key"])
                || HasBearer(request),
            _ => HasBearer(request) || Has(request, "api-key"),
        };

    private static bool Has(HttpRequest request, string header) => !string.IsNullOrWhiteSpace(request.Headers[header]);

    private static bool HasBearer(HttpRequest request)
    {
        const string scheme = "Bearer ";
        var value = request.Headers.Authorization.ToString();
        return value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            && !string.IsNullOrWhiteSpace(value[scheme.Length..]);
    }
}
