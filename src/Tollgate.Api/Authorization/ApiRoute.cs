using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Tollgate.Api.Parameters;

namespace Tollgate.Api.Authorization;

/// <summary>
/// A row of the table of routes. It is the only way to map one, so that no route exists without its rights; it also
/// documents the route, and is what the tests expect.
/// </summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, with parts in braces.</param>
internal sealed record ApiRoute(string Method, string Path)
{
    /// <summary>The group of routes in the documentation, such as <c>Keys</c>.</summary>
    public required string Area { get; init; }

    /// <summary>The effect in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The sender that it demands, and the data that it shows.</summary>
    public required RouteAccess Access { get; init; }

    /// <summary>
    /// The action that the audit trail records, such as <c>key.create</c>; null if the route changes nothing.
    /// </summary>
    public string? Audit { get; init; }

    /// <summary>The parameters of its URL; all others are refused.</summary>
    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>True if others may add parameters, as identity providers do; they are ignored.</summary>
    public bool IgnoresOtherParameters { get; init; }

    /// <summary>The contract of its body; null if it has none.</summary>
    public JsonTypeInfo? Body { get; init; }

    /// <summary>The media type of a body that is a file; null if it has none, or JSON.</summary>
    public string? BodyType { get; init; }

    /// <summary>The contract of its response, or of the items of a list; null if it has no JSON response.</summary>
    public JsonTypeInfo? Response { get; init; }

    /// <summary>The media type of a response that is not JSON; null if it is, or has no body.</summary>
    public string? ResponseType { get; init; }

    /// <summary>True if the response is a page of a list.</summary>
    public bool IsList { get; init; }

    /// <summary>True if the response can be sent as CSV or JSON Lines instead, complete rather than in pages.</summary>
    public bool HasExport
    {
        get => field || IsList;
        init;
    }

    /// <summary>
    /// True if it changes or deletes an entry, which needs the header <c>If-Match</c> with the entry's <c>ETag</c>.
    /// </summary>
    public bool NeedsRevision { get; init; }

    /// <summary>
    /// True if the header <c>Idempotency-Key</c> keeps a repeated request from being carried out twice.
    /// </summary>
    public bool IsRepeatable =>
        HttpMethods.IsPost(Method) && Audit is not null && BodyType is null && Access.Reach != RouteReach.Nothing;

    /// <summary>The status code of a successful response.</summary>
    public int Success { get; init; } = StatusCodes.Status200OK;

    /// <summary>A body that the route accepts, as JSON, for the documentation and its test.</summary>
    public string? Example { get; init; }

    /// <summary>
    /// True if its errors have the form of OpenAI's, which the clients of other gateways read; false for problem
    /// details.
    /// </summary>
    public bool HasOpenAIErrors { get; init; }

    /// <summary>
    /// True if it is for those who make calls, so that a process that serves only the gateway serves it as well.
    /// </summary>
    public bool IsForCallers { get; init; }

    /// <summary>
    /// The advice of a route that other gateways have and this one does not: what to use instead. It is not documented
    /// as a route. Null for all others.
    /// </summary>
    public string? Instead { get; init; }

    /// <summary>True if the method only reads.</summary>
    public bool IsSafe => HttpMethods.IsGet(Method) || HttpMethods.IsHead(Method);

    /// <summary>Formats it as <c>GET /api/v1/keys</c>.</summary>
    public override string ToString() => $"{Method} {Path}";
}
