using Microsoft.AspNetCore.Http;

namespace Tollgate.Api.Endpoints.OpenId;

/// <summary>The cookie that binds a sign-in at the identity provider to the browser in which it was begun.</summary>
internal static class StateCookie
{
    private const string Name = "tollgate-oidc";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Returns the value that a browser sends; null if it sends none.</summary>
    public static string? Read(HttpRequest request) => request.Cookies[Name];

    /// <summary>Has the browser keep a value until it comes back.</summary>
    public static void Set(HttpContext http, string value) =>
        http.Response.Cookies.Append(Name, value, CreateOptions(http.Request, Lifetime));

    /// <summary>Has the browser forget the value.</summary>
    public static void Remove(HttpContext http) =>
        http.Response.Cookies.Delete(Name, CreateOptions(http.Request, maxAge: null));

    private static CookieOptions CreateOptions(HttpRequest request, TimeSpan? maxAge) =>
        new()
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = maxAge,
            Path = request.PathBase + OpenIdRoutes.ReturnPath,
            SameSite = SameSiteMode.Lax, // The provider's page sends the browser here.
            Secure = request.IsHttps,
        };
}
