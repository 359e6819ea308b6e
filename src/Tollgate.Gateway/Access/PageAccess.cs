using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Directory;

namespace Tollgate.Gateway.Access;

/// <summary>
/// Who may read the gate's own pages: whoever may make calls, by the same key in any dialect's header. While no key ever
/// existed these are the programs of this machine.
/// </summary>
public sealed class PageAccess
{
    private readonly VirtualKeyAuthenticator _authenticator;

    internal PageAccess(VirtualKeyAuthenticator authenticator) => _authenticator = authenticator;

    /// <summary>The reader's key, null at a gate without keys; or the answer that refuses the reader.</summary>
    public (VirtualKey? Key, IResult? Refusal) Admit(HttpContext http)
    {
        var (key, error) = _authenticator.Authenticate(http, CallerCredentials.Any(http.Request));
        if (key is null) error ??= OpenGate.Refuse(http.Request);
        if (error is null) return (key, null);
        if (error.RetryAfter is { } wait) http.Response.Headers.RetryAfter = wait.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return (null, Results.Problem(statusCode: error.Status, detail: error.Message));
    }
}
