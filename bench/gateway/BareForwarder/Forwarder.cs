using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Primitives;

namespace Tollgate.BareForwarder;

/// <summary>
/// Forwards a call and its response, chunk by chunk, with Tollgate's handler settings and the default runtime settings.
/// </summary>
internal sealed class Forwarder(Uri provider)
{
    private readonly HttpMessageInvoker _client = new(
        new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.None,
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            EnableMultipleHttp2Connections = true,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        }
    );

    public async Task ForwardAsync(HttpContext http)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(http.Request.Method),
            new Uri(provider, http.Request.Path.Value)
        );
        request.Content = new StreamContent(http.Request.Body);
        CopyToProvider(http.Request.Headers, request);

        using var answer = await _client.SendAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        CopyToCaller(answer.Headers.NonValidated, http.Response);
        CopyToCaller(answer.Content.Headers.NonValidated, http.Response);
        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static void CopyToProvider(IHeaderDictionary from, HttpRequestMessage to)
    {
        foreach (var (name, values) in from)
        {
            if (name is "Host" or "Connection" or "Transfer-Encoding" or "Authorization")
                continue;
            if (!to.Headers.TryAddWithoutValidation(name, (string?)values))
                to.Content!.Headers.TryAddWithoutValidation(name, (string?)values);
        }

        to.Headers.TryAddWithoutValidation("Authorization", "Bearer sk-bench");
    }

    private static void CopyToCaller(HttpHeadersNonValidated from, HttpResponse to)
    {
        foreach (var (name, values) in from)
        {
            if (name is "Connection" or "Transfer-Encoding" or "Server" or "Date")
                continue;
            to.Headers.Append(name, values.Count == 1 ? values.ToString() : new StringValues([.. values]));
        }
    }
}
