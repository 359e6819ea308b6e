using Microsoft.AspNetCore.Http;

namespace Tollgate.Gateway.Access;

/// <summary>Finds the credential in a request's headers, without copying it.</summary>
internal static class CallerCredentials
{
    private const string BearerScheme = "Bearer ";

    /// <summary>The token of <c>Authorization: Bearer</c>; empty where there is none.</summary>
    public static ReadOnlyMemory<char> Bearer(HttpRequest request)
    {
        var value = Header(request, "Authorization");
        return value.Span.StartsWith(BearerScheme, StringComparison.OrdinalIgnoreCase) ? value[BearerScheme.Length..].Trim() : default;
    }

    /// <summary>A header's value; empty where it is absent.</summary>
    public static ReadOnlyMemory<char> Header(HttpRequest request, string name)
    {
        var values = request.Headers[name];
        return values.Count > 0 ? values[0].AsMemory().Trim() : default;
    }
}
