using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Api.Parameters;
using Tollgate.Api.Problems;
using Tollgate.Api.Responses;
using Tollgate.Api.Responses.Formats;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Requests;

/// <summary>A request to a route, after its sender was authenticated and its parameters were checked.</summary>
/// <param name="http">The request.</param>
/// <param name="principal">The sender.</param>
/// <param name="values">The values of the route's parameters.</param>
internal sealed class ApiRequest(
    HttpContext http,
    Principal principal,
    IReadOnlyDictionary<ApiParameter, object?> values
)
{
    /// <summary>The request as the web server has it.</summary>
    public HttpContext Http => http;

    /// <summary>The format in which the sender wants a list.</summary>
    public ListFormat Format => ListFormats.Choose(http.Request);

    /// <summary>The sender.</summary>
    public Principal Principal => principal;

    /// <summary>
    /// Checks the credential and its rights again, for a response that goes on: it throws when they have ended.
    /// </summary>
    public required Func<CancellationToken, Task<Principal>> RequireStillAllowedAsync { get; init; }

    /// <summary>The sender as the audit trail names it.</summary>
    public Actor Actor => principal.ToActor();

    /// <summary>
    /// Returns the sender as it is now, with its present rights and reach, for responses that last; null if it may no
    /// longer do this.
    /// </summary>
    public async Task<Principal?> FindSenderAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RequireStillAllowedAsync(cancellationToken);
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    /// <summary>Returns the value of a parameter that the route declares.</summary>
    public T Get<T>(ApiParameter<T> parameter) => (T)values[parameter]!;

    /// <summary>Returns the value of a parameter; null if the route does not declare it.</summary>
    public T? Find<T>(ApiParameter<T> parameter)
        where T : class? => values.GetValueOrDefault(parameter) as T;

    /// <summary>
    /// Throws unless the sender has a permission that only some requests to the route need.
    /// </summary>
    /// <exception cref="ProblemException">The sender does not have it.</exception>
    public void RequirePermission(Permission permission)
    {
        if (!principal.May(permission))
            throw new ProblemException(
                ProblemCode.Forbidden,
                $"This request requires the permission {permission.ToName()}, which the sender does not have."
            );
    }

    /// <summary>Returns a part of the path. The web server has decoded everything in it except slashes.</summary>
    public string GetPathValue(string name) =>
        ((string)http.GetRouteValue(name)!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the body.</summary>
    /// <exception cref="ProblemException">It is not JSON, is too large, or does not match the contract.</exception>
    public async Task<T> ReadBodyAsync<T>(JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class => ContractReader.Read(await BodyReader.ReadAsync(http.Request, cancellationToken), type);

    /// <summary>
    /// Throws unless the request names the current state of the entry that it changes, so that no change is overwritten
    /// unseen.
    /// </summary>
    /// <param name="current">The entry as it is.</param>
    /// <param name="type">Its contract.</param>
    /// <exception cref="ProblemException">The header <c>If-Match</c> is missing, or names another state.</exception>
    public void RequireCurrent<T>(T current, JsonTypeInfo<T> type)
    {
        var expected = http.Request.Headers.IfMatch.ToString();
        RequireRevision(http.Request);
        var tag = EntityTag.Create(current, type);
        if (expected != "*" && !expected.Split(',', StringSplitOptions.TrimEntries).Contains(tag))
            throw new ProblemException(
                ProblemCode.Stale,
                $"The entry is now at {tag}, not at {expected}. Read it again, then repeat the change."
            );
    }

    /// <summary>Throws if a request has no header <c>If-Match</c>.</summary>
    /// <exception cref="ProblemException">It has none.</exception>
    public static void RequireRevision(HttpRequest request)
    {
        if (request.Headers.IfMatch.Count == 0)
            throw new ProblemException(
                ProblemCode.RevisionRequired,
                "Send the header If-Match with the ETag of the entry that you have read, or with * for any."
            );
    }
}
