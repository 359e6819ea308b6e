using Microsoft.AspNetCore.Http;

namespace Tollgate.Api.Authentication;

/// <summary>The credential in the headers of a request.</summary>
internal static class PresentedCredential
{
    private const string Scheme = "Bearer ";

    /// <summary>
    /// Longer credentials do not exist; reading them would only let a caller cause work.
    /// </summary>
    private const int MaxLength = 8192;

    /// <summary>
    /// Returns the token of <c>Authorization: Bearer</c>, otherwise of <c>x-api-key</c>; null if there is neither.
    /// </summary>
    public static string? Read(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        var token = authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? authorization[Scheme.Length..].Trim()
            : request.Headers["x-api-key"].ToString().Trim();
        return token.Length switch
        {
            0 when authorization.Length == 0 => null,
            0 or > MaxLength => "", // Present, and not valid.
            _ => token,
        };
    }
}
