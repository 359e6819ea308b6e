using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Registry;
using Tollgate.Gateway.Dialects;

namespace Tollgate.Gateway.Access;

/// <summary>
/// Controls access to everything besides calls: the gateway's own pages and the lists of models. Any key that may make
/// calls may read them. While no key has ever existed, programs on this machine may. A key whose user or project is
/// deactivated may not; a rule that calls must carry a value does not apply here.
/// </summary>
public sealed class ReadAccess
{
    private readonly VirtualKeyAuthenticator _authenticator;
    private readonly RegistryAccessPolicy _registry;

    internal ReadAccess(VirtualKeyAuthenticator authenticator, RegistryAccessPolicy registry) =>
        (_authenticator, _registry) = (authenticator, registry);

    /// <summary>The reader's key (null at a gateway without keys), or the response that refuses the reader.</summary>
    public (VirtualKey? Key, IResult? Refusal) Authorize(HttpContext http)
    {
        var (key, error) = Authorize(http, CallerCredentials.GetAny(http.Request));
        if (error is null)
            return (key, null);
        if (error.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = wait.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return (null, Results.Problem(statusCode: error.Status, detail: error.Message));
    }

    /// <summary>The reader's key (null at a gateway without keys), or the reason for the refusal.</summary>
    internal (VirtualKey? Key, GatewayError? Error) Authorize(HttpContext http, ReadOnlyMemory<char> presented)
    {
        var (key, error) = _authenticator.Authenticate(http, presented);
        if (error is null && key is null)
            error = LoopbackOnlyPolicy.Check(http.Request);
        error ??= _registry.Check(CallerAttribution.Create(key, http.Request.Headers, endUser: null));
        return (error is null ? key : null, error);
    }
}
