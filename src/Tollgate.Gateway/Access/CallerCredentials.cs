using Microsoft.AspNetCore.Http;

namespace Tollgate.Gateway.Access;

/// <summary>Finds the credential in a request's headers, without copying it.</summary>
internal static class CallerCredentials
{
    private const string BearerScheme = "Bearer ";

    private static readonly string[] KeyHeaders = ["x-api-key", "x-goog-api-key", "api-key"];

    /// <summary>The token of <c>Authorization: Bearer</c>; empty if absent.</summary>
    public static ReadOnlyMemory<char> GetBearerToken(HttpRequest request)
    {
        var value = GetHeader(request, "Authorization");
        return value.Span.StartsWith(BearerScheme, StringComparison.OrdinalIgnoreCase)
            ? value[BearerScheme.Length..].Trim()
            : default;
    }

    /// <summary>The key in the first header that carries one, in any dialect.</summary>
    public static ReadOnlyMemory<char> GetAny(HttpRequest request)
    {
        var key = GetBearerToken(request);
        for (var next = 0; key.IsEmpty && next < KeyHeaders.Length; next++)
            key = GetHeader(request, KeyHeaders[next]);
        return key;
    }

    /// <summary>The value of a header; empty if absent.</summary>
    public static ReadOnlyMemory<char> GetHeader(HttpRequest request, string name)
    {
        var values = request.Headers[name];
        return values.Count > 0 ? values[0].AsMemory().Trim() : default;
    }
}
