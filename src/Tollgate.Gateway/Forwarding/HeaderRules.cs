using System.Collections.Frozen;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Routing;

namespace Tollgate.Gateway.Forwarding;

/// <summary>Which headers pass the gate, in both directions.</summary>
internal static class HeaderRules
{
    private const string OwnPrefix = "x-tollgate-";

    // Hop by hop (RFC 9110, § 7.6.1), the caller's credentials, what the gate sets itself, and what would tell the
    // provider about the caller's network.
    private static readonly FrozenSet<string> KeptFromProvider = new[]
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
        // What would have Google's servers leave the usage out, or do something else than the route says.
        "X-Goog-FieldMask",
        "X-HTTP-Method-Override",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> KeptFromCaller = new[]
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
            if (KeptFromProvider.Contains(name) || name.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase))
                continue;
            // The operator's header replaces the caller's: which organisation is billed is not the caller's choice.
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

    /// <summary>Copies the provider's headers. The body's length is set by who writes the body.</summary>
    public static void CopyToCaller(HttpResponseMessage from, HttpResponse to, bool bodyIsDecoded)
    {
        Copy(from.Headers.NonValidated, to, bodyIsDecoded);
        Copy(from.Content.Headers.NonValidated, to, bodyIsDecoded);
    }

    /// <summary>
    /// The encodings among the caller's that the meter can read. None is asked for in a stream, where each would only
    /// delay the pieces.
    /// </summary>
    public static string? ReadableEncodings(IHeaderDictionary headers, bool streams)
    {
        var asked = headers.AcceptEncoding;
        if (streams || asked.Count == 0)
            return null;
        if (asked.Count == 1 && asked[0] is "gzip" or "gzip, deflate" or "gzip, deflate, br" or "gzip,deflate")
            return asked[0];
        var readable = asked
            .ToString()
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(static encoding => AnswerDecoder.Knows(encoding.Split(';')[0].Trim()));
        return string.Join(", ", readable) is { Length: > 0 } list ? list : null;
    }

    private static bool Add(HttpHeaders headers, string name, StringValues values) =>
        values.Count == 1
            ? headers.TryAddWithoutValidation(name, values[0])
            : headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);

    private static void AddKey(HttpRequestHeaders headers, Deployment deployment)
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
                IsKeptFromCaller(name)
                || (bodyIsDecoded && name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase))
            )
                continue;
            if (to.Headers.ContainsKey(name))
                continue; // The gate's own, such as the caller's rate limits: the provider's are the operator's.
            var text = values.ToString();
            // The web server refuses others, and by then the provider is paid.
            if (text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
                continue;
            to.Headers.Append(name, values.Count == 1 ? text : new StringValues([.. values]));
        }
    }

    /// <summary>
    /// Also the gate's own names, and the leave for browsers: who may read the gate's answers is not the provider's to
    /// say.
    /// </summary>
    private static bool IsKeptFromCaller(string name) =>
        KeptFromCaller.Contains(name)
        || name.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase);
}
