using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Registry;
using Tollgate.Gateway.Dialects;

namespace Tollgate.Gateway.Access;

/// <summary>
/// Who may read what is beside the calls, the gate's own pages and the lists of models: whoever may make calls, by the
/// same key. While no key ever existed these are the programs of this machine. Whose user or project is deactivated may
/// not; that a call must name one is no reason here.
/// </summary>
public sealed class PageAccess
{
    private readonly VirtualKeyAuthenticator _authenticator;
    private readonly MemberGuard _members;

    internal PageAccess(VirtualKeyAuthenticator authenticator, MemberGuard members) =>
        (_authenticator, _members) = (authenticator, members);

    /// <summary>The reader's key, null at a gate without keys; or the answer that refuses the reader.</summary>
    public (VirtualKey? Key, IResult? Refusal) Admit(HttpContext http)
    {
        var (key, error) = Admit(http, CallerCredentials.Any(http.Request));
        if (error is null)
            return (key, null);
        if (error.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = wait.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return (null, Results.Problem(statusCode: error.Status, detail: error.Message));
    }

    /// <summary>The reader's key, null at a gate without keys; or why the reader is refused.</summary>
    internal (VirtualKey? Key, GatewayError? Error) Admit(HttpContext http, ReadOnlyMemory<char> presented)
    {
        var (key, error) = _authenticator.Authenticate(http, presented);
        if (error is null && key is null)
            error = OpenGate.Refuse(http.Request);
        error ??= _members.Refuse(CallerAttribution.Of(key, http.Request.Headers, endUser: null));
        return (error is null ? key : null, error);
    }
}
