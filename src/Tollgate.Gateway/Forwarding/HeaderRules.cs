using System.Collections.Frozen;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Tollgate.Gateway.Access;
using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Routing;

namespace Tollgate.Gateway.Forwarding;

/// <summary>Decides which headers pass through the gateway, in both directions.</summary>
internal static class HeaderRules
{
    private const string OwnPrefix = "x-tollgate-";

    // Hop-by-hop headers (RFC 9110, section 7.6.1), the caller's credentials, headers that the gateway sets itself, and
    // those that would reveal the caller's network to the provider.
    private static readonly FrozenSet<string> HiddenFromProvider = new[]
    {
        "Connection",
        "Keep-Alive",
        "Proxy-Connection",
        "Proxy-Authorization",
        "Proxy-Authenticate",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "HTTP2-Settings",
        "Expect",
        "Host",
        "Content-Length",
        "Accept-Encoding",
        "Authorization",
        "x-api-key",
        "x-goog-api-key",
        "api-key",
        "Cookie",
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Real-IP",
        "Via",
        // Headers that would make Google's servers omit the usage, or do something other than what the route is for.
        "X-Goog-FieldMask",
        "X-HTTP-Method-Override",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> HiddenFromCaller = new[]
    {
        "Connection",
        "Keep-Alive",
        "Proxy-Connection",
        "Proxy-Authenticate",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "Set-Cookie",
        "Alt-Svc",
        "Server",
        "Date",
        "Strict-Transport-Security",
        "Content-Length",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Copies the caller's headers, and adds the provider's credential.</summary>
    public static void CopyToProvider(
        IHeaderDictionary from,
        HttpRequestMessage to,
        Deployment deployment,
        string? acceptEncoding
    )
    {
        foreach (var (name, values) in from)
        {
            if (
                HiddenFromProvider.Contains(name)
                || name.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase)
                || OpenWebUIHeaders.Includes(name)
            )
                continue;
            // The operator's header replaces the caller's: the caller does not choose which organization is billed.
            if (deployment.Headers.Count > 0 && deployment.Headers.ContainsKey(name))
                continue;
            if (!Add(to.Headers, name, values))
                Add(to.Content!.Headers, name, values);
        }

        if (acceptEncoding is not null)
            to.Headers.TryAddWithoutValidation("Accept-Encoding", acceptEncoding);
        foreach (var (name, value) in deployment.Headers)
            to.Headers.TryAddWithoutValidation(name, value);
        AddKey(to.Headers, deployment);
    }

    /// <summary>Copies the provider's headers. The body's length is set by the code that writes the body.</summary>
    public static void CopyToCaller(HttpResponseMessage from, HttpResponse to, bool bodyIsDecoded)
    {
        Copy(from.Headers.NonValidated, to, bodyIsDecoded);
        Copy(from.Content.Headers.NonValidated, to, bodyIsDecoded);
    }

    /// <summary>
    /// Those of the caller's encodings that the meter can read. For a stream none is requested, because each would only
    /// delay the chunks.
    /// </summary>
    public static string? GetSupportedEncodings(IHeaderDictionary headers, bool streams)
    {
        var asked = headers.AcceptEncoding;
        if (streams || asked.Count == 0)
            return null;
        if (asked.Count == 1 && asked[0] is "gzip" or "gzip, deflate" or "gzip, deflate, br" or "gzip,deflate")
            return asked[0];
        var readable = asked
            .ToString()
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(static encoding => ResponseDecoder.Supports(encoding.Split(';')[0].Trim()));
        return string.Join(", ", readable) is { Length: > 0 } list ? list : null;
    }

    private static bool Add(HttpHeaders headers, string name, StringValues values) =>
        values.Count == 1
            ? headers.TryAddWithoutValidation(name, values[0])
            : headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);

    /// <summary>Adds the provider's credential, if it has one.</summary>
    public static void AddKey(HttpRequestHeaders headers, Deployment deployment)
    {
        if (deployment.ApiKey is not { Length: > 0 } key)
            return;
        _ = deployment.KeyPlacement switch
        {
            KeyPlacement.XApiKey => headers.TryAddWithoutValidation("x-api-key", key),
            KeyPlacement.XGoogApiKey => headers.TryAddWithoutValidation("x-goog-api-key", key),
            KeyPlacement.ApiKey => headers.TryAddWithoutValidation("api-key", key),
            _ => headers.TryAddWithoutValidation("Authorization", deployment.BearerCredential),
        };
    }

    private static void Copy(HttpHeadersNonValidated from, HttpResponse to, bool bodyIsDecoded)
    {
        foreach (var (name, values) in from)
        {
            if (
                IsHiddenFromCaller(name)
                || (bodyIsDecoded && name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase))
            )
                continue;
            if (to.Headers.ContainsKey(name))
                // The gateway's own, such as the caller's rate limits: the provider's limits concern the operator.
                continue;
            var text = values.ToString();
            // The web server rejects other characters, and by then the provider has charged for the call.
            if (text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
                continue;
            to.Headers.Append(name, values.Count == 1 ? text : new StringValues([.. values]));
        }
    }

    /// <summary>
    /// Includes the gateway's own names and CORS headers: the provider does not decide who may read the gateway's
    /// responses.
    /// </summary>
    private static bool IsHiddenFromCaller(string name) =>
        HiddenFromCaller.Contains(name)
        || name.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase);
}
