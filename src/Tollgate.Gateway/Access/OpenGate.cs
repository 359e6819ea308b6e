using System.Net;
using Microsoft.AspNetCore.Http;
using Tollgate.Gateway.Dialects;

namespace Tollgate.Gateway.Access;

/// <summary>
/// Who may use a gate without keys: programs of this machine, but not the web pages in its browser. A page can post to
/// a loopback address without being asked, and one that lets its own name point there can even read the answer.
/// </summary>
internal static class OpenGate
{
    /// <summary>Names that nobody can register for a web site.</summary>
    private static readonly string[] PrivateEndings = [".localhost", ".local", ".internal"];

    /// <summary>Refuses a request that a web page made; null where none did.</summary>
    public static GatewayError? Refuse(HttpRequest request)
    {
        if (!IsPrivate(request.Host.Host))
            return Refusal($"It was asked for as '{request.Host.Host}', which is not a name of this machine.");
        var origin = request.Headers.Origin;
        if (origin.Count == 0)
            return null;
        var isOfThisMachine =
            Uri.TryCreate(origin.ToString(), UriKind.Absolute, out var page)
            && (page.Scheme is not ("http" or "https") || IsPrivate(page.Host));
        return isOfThisMachine ? null : Refusal($"The web page '{origin}' asked.");
    }

    private static bool IsPrivate(string host) =>
        !host.Contains('.', StringComparison.Ordinal)
        || IPAddress.TryParse(host, out _)
        || Array.Exists(PrivateEndings, ending => host.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static GatewayError Refusal(string reason) =>
        GatewayError.Forbidden(
            $"This gate has no keys and serves only programs of its own machine. {reason} Create a key: tollgate keys "
                + $"create --name NAME.",
            "foreign_origin"
        );
}
