using System.Net;
using Microsoft.AspNetCore.Http;
using Tollgate.Gateway.Dialects;

namespace Tollgate.Gateway.Access;

/// <summary>
/// Controls access to a gateway without keys: programs on this machine may use it, but web pages in its browser may
/// not. A page can post to a loopback address without permission, and a page whose own host name resolves to that
/// address can even read the response.
/// </summary>
internal static class LoopbackOnlyPolicy
{
    /// <summary>Name suffixes that cannot be registered for a website.</summary>
    private static readonly string[] PrivateSuffixes = [".localhost", ".local", ".internal"];

    /// <summary>Refuses a request made by a web page; returns null for all others.</summary>
    public static GatewayError? Check(HttpRequest request)
    {
        if (!IsPrivate(request.Host.Host))
            return CreateError($"The request's host is '{request.Host.Host}', which is not a name of this machine.");
        var origin = request.Headers.Origin;
        if (origin.Count == 0)
            return null;
        var isOfThisMachine =
            Uri.TryCreate(origin.ToString(), UriKind.Absolute, out var page)
            && (page.Scheme is not ("http" or "https") || IsPrivate(page.Host));
        return isOfThisMachine ? null : CreateError($"The request came from the web page '{origin}'.");
    }

    private static bool IsPrivate(string host) =>
        !host.Contains('.', StringComparison.Ordinal)
        || IPAddress.TryParse(host, out _)
        || Array.Exists(PrivateSuffixes, ending => host.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static GatewayError CreateError(string reason) =>
        GatewayError.Forbidden(
            $"This gateway has no keys and serves only programs on its own machine. {reason} Create a key: tollgate "
                + $"keys create --name NAME.",
            "foreign_origin"
        );
}
