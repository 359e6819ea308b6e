using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Tollgate.Dashboard.Assets;

/// <summary>Serves the files that pages load.</summary>
internal static class AssetEndpoint
{
    /// <summary>Maps the route.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/assets/{name}", SendAsync);

    private static async Task SendAsync(HttpContext http)
    {
        var response = http.Response;
        if (AssetCollection.Find($"assets/{http.Request.RouteValues["name"]}") is not { } asset)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        response.ContentType = asset.ContentType;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        var content = asset.Content;
        if (asset.Compressed is { } compressed)
        {
            response.Headers.Vary = "Accept-Encoding";
            if (http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
            {
                response.Headers.ContentEncoding = "br";
                content = compressed.Value;
            }
        }

        response.ContentLength = content.Length;
        await response.Body.WriteAsync(content, http.RequestAborted);
    }
}
