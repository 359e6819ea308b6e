using Microsoft.AspNetCore.Http;
using Tollgate.SimulatedProvider.Requests;

namespace Tollgate.SimulatedProvider.Serving;

/// <summary>The request id that every response carries under its family's header name.</summary>
internal static class RequestIds
{
    private static readonly object Key = new();

    public static void Set(HttpContext context, ProviderFamily family, string id)
    {
        var full = "req_" + id;
        if (family is ProviderFamily.Anthropic)
        {
            context.Items[Key] = full;
            context.Response.Headers["request-id"] = full;
        }
        else
        {
            context.Response.Headers["x-request-id"] = full;
        }
    }

    public static string Get(HttpContext context) => (string)(context.Items[Key] ?? "");
}
