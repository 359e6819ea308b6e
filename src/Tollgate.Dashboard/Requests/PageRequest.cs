using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Usage;
using Tollgate.Api.Authentication;
using Tollgate.Dashboard.State;
using Tollgate.Identity.Permissions;

namespace Tollgate.Dashboard.Requests;

/// <summary>A request of a browser for a page.</summary>
public sealed class PageRequest
{
    internal PageRequest(HttpContext http, Principal? person, PageState state) =>
        (Http, Person, State) = (http, person, state);

    /// <summary>The HTTP request and its response.</summary>
    public HttpContext Http { get; }

    /// <summary>The person who is signed in; null if there is none.</summary>
    public Principal? Person { get; }

    /// <summary>The state of the page.</summary>
    public PageState State { get; }

    /// <summary>The usage that the person may see.</summary>
    public UsageReach Reach { get; internal init; } = UsageReach.Nothing;

    /// <summary>The person as the audit trail names it.</summary>
    public Actor Actor => Person!.ToActor();

    /// <summary>The path below which the program is served, with a slash at its end.</summary>
    public string BasePath => Http.Request.PathBase.Value + "/";

    /// <summary>
    /// The value that forms carry, so that only pages of this session can send them. It does not reveal the session's
    /// token.
    /// </summary>
    public string FormToken =>
        SessionCookie.Read(Http.Request) is { } session
            ? Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(session), "tollgate form"u8))
            : "";

    /// <summary>Returns true if the person has a permission.</summary>
    public bool May(Permission permission) => Person?.May(permission) == true;

    /// <summary>Returns a part of the path.</summary>
    internal string GetPathValue(string name) => (string)Http.Request.RouteValues[name]!;
}
