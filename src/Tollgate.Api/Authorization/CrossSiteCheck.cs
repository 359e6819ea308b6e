using Microsoft.AspNetCore.Http;

namespace Tollgate.Api.Authorization;

/// <summary>
/// Refuses requests that another site makes with the cookie of a signed-in person. Browsers state where a request comes
/// from, in <c>Sec-Fetch-Site</c> or, if older, in <c>Origin</c>; only browsers send cookies, so a request with a
/// cookie and neither of them is refused as well.
/// </summary>
internal static class CrossSiteCheck
{
    /// <summary>Returns true if a request with a cookie may change something.</summary>
    public static bool IsAllowed(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site is "same-origin" or "none";
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && origin == $"{request.Scheme}://{request.Host.Value}";
    }
}
