using Microsoft.AspNetCore.Http;

namespace Tollgate.Api.Authentication;

/// <summary>
/// The cookie with a browser's session. Over TLS its name starts with <c>__Host-</c>, so that browsers accept it only
/// from this host, for all paths, and encrypted; over plain HTTP on this machine it cannot.
/// </summary>
internal static class SessionCookie
{
    /// <summary>Returns the token that a browser sends; null if it sends none.</summary>
    public static string? Read(HttpRequest request) => request.Cookies[GetName(request)];

    /// <summary>Has the browser keep a token until it is closed; the session itself ends earlier.</summary>
    public static void Set(HttpContext http, string token) =>
        http.Response.Cookies.Append(GetName(http.Request), token, CreateOptions(http.Request));

    /// <summary>Has the browser forget the token.</summary>
    public static void Remove(HttpContext http) =>
        http.Response.Cookies.Delete(GetName(http.Request), CreateOptions(http.Request));

    private static CookieOptions CreateOptions(HttpRequest request) =>
        new()
        {
            HttpOnly = true,
            IsEssential = true,
            Path = "/", // As __Host- demands, also below a path: the name then differs for each program.
            SameSite = SameSiteMode.Lax,
            Secure = request.IsHttps,
        };

    private static string GetName(HttpRequest request)
    {
        var below = request.PathBase.Value?.Trim('/').Replace('/', '-');
        var name = string.IsNullOrEmpty(below) ? "tollgate" : $"tollgate-{below}";
        return request.IsHttps ? $"__Host-{name}" : name;
    }
}
