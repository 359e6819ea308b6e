using Microsoft.AspNetCore.Http;

namespace Tollgate.Api.Routing;

/// <summary>The headers of every response of the API.</summary>
internal static class SecurityHeaders
{
    /// <summary>Sets the headers: nothing is stored, framed, sniffed, or passed on to other sites.</summary>
    public static void Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        if (http.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=63072000";
    }
}
