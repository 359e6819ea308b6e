using Microsoft.AspNetCore.Http;

namespace Tollgate.Api.Authentication;

/// <summary>The credential in the headers of a request.</summary>
internal static class PresentedCredential
{
    private const string Scheme = "Bearer ";

    /// <summary>The headers of clients that do not send <c>Authorization</c>.</summary>
    private static readonly string[] KeyHeaders = ["x-api-key", "x-goog-api-key", "api-key", "x-litellm-api-key"];

    /// <summary>
    /// Longer credentials do not exist; reading them would only let a caller cause work.
    /// </summary>
    private const int MaxLength = 8192;

    /// <summary>
    /// Returns the token of <c>Authorization: Bearer</c>, otherwise of a header in which a client of any dialect sends
    /// its key; null if there is none.
    /// </summary>
    public static string? Read(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        var token = authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? authorization[Scheme.Length..].Trim()
            : ReadKey(request);
        return token.Length switch
        {
            0 when authorization.Length == 0 => null,
            0 or > MaxLength => "", // Present, and not valid.
            _ => token,
        };
    }

    private static string ReadKey(HttpRequest request)
    {
        foreach (var name in KeyHeaders)
        {
            var key = request.Headers[name].ToString().Trim();
            if (key.Length > 0)
                // Some clients put the scheme into their own header as well.
                return key.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? key[Scheme.Length..].Trim() : key;
        }

        return "";
    }
}
