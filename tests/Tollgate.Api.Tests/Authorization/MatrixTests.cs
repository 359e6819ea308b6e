using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Tollgate.Api.Authorization;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Tests.Authorization;

/// <summary>Every route with every kind of credential: the status is the one that the table of routes states.</summary>
public sealed class MatrixTests(MatrixHost matrix) : IClassFixture<MatrixHost>
{
    private static readonly (string Name, IReadOnlySet<Permission> Permissions, bool ReachesAll)[] Senders =
    [
        ("root", RolePermissions.For(Role.Admin, false), true),
        ("mia", RolePermissions.For(Role.Manager, false), false),
        ("otto", RolePermissions.For(Role.User, false), false),
        ("vera", RolePermissions.For(Role.Viewer, false), true),
        ("all", PermissionNames.All.ToHashSet(), true),
        ("usage", new HashSet<Permission> { Permission.UsageRead }, true),
        ("key", RolePermissions.VirtualKey, false),
    ];

    /// <summary>These end the session of the sender, which the other requests need.</summary>
    private static readonly string[] Ending = ["POST /api/auth/logout", "DELETE /api/v1/session"];

    /// <summary>Their default is the sender's own, which an account does not have.</summary>
    private static readonly string[] NeedsParameter = ["GET /key/info", "GET /user/info", "GET /team/info"];

    public static TheoryData<string> Routes => [.. RouteTable.All.Select(static route => route.ToString())];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Demands_a_valid_credential(string name)
    {
        var route = Find(name);
        foreach (var token in CreateInvalidTokens())
        {
            var (status, body) = await SendAsync(route, token);

            if (route.Access.Reach == RouteReach.Nothing)
                status.ShouldNotBe(HttpStatusCode.InternalServerError, token);
            else
            {
                status.ShouldBe(HttpStatusCode.Unauthorized, token);
                if (route.HasOpenAIErrors)
                    body.GetProperty("error").GetProperty("code").GetString().ShouldBe("401");
                else
                    body.GetProperty("code").GetString().ShouldBe("unauthenticated");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Serves_those_with_the_right_and_refuses_the_others(string name)
    {
        var route = Find(name);
        foreach (var (sender, permissions, reachesAll) in Senders)
        {
            // A route that needs no credential looks at none.
            if (Ending.Contains(name) || route.Access.Reach == RouteReach.Nothing)
                continue;
            var (status, body) = await SendAsync(route, matrix.Tokens[sender]);

            var isAllowed =
                (
                    route.Access.Permission is not { } needed
                    || permissions.Contains(needed)
                    || (sender == "key" && route.Access.AdmitsKeys)
                ) && (route.Access.Reach != RouteReach.Everything || reachesAll);
            if (isAllowed)
                ((int)status).ShouldSatisfyAllConditions(
                    code => (code < 500 || code == route.Success).ShouldBeTrue($"{sender}: {code} {body}"),
                    code => code.ShouldNotBe(401, $"{sender}: {body}"),
                    code => (code == 403 && !IsAboutBody(route)).ShouldBeFalse($"{sender}: {body}")
                );
            else
                status.ShouldBe(HttpStatusCode.Forbidden, $"{sender}: {body}");
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Reads_succeed_without_any_parameter(string name)
    {
        var route = Find(name);
        if (
            !route.IsSafe
            || route.Path.Contains("{id}")
            || route.Path.Contains("{name}")
            || IsOfIdentityProvider(route)
            || NeedsParameter.Contains(name)
            || route.Parameters.Any(static parameter => parameter.Schema.IsRequired)
        )
            return;

        var (status, body) = await SendAsync(route, matrix.Tokens["root"]);

        ((int)status).ShouldBe(route.Success, body.ToString());
        body.ToString().ShouldNotContain("+00:00");
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Malformed_requests_are_refused_without_an_error_of_the_program(string name)
    {
        var route = Find(name);
        foreach (var query in Malformed.Queries)
        {
            var status = await SendRawAsync(route, query, route.Example ?? (route.IsSafe ? null : "{}"));

            ((int)status < 500 || (int)status == route.Success).ShouldBeTrue($"{status} {query}");
        }

        if (route.Body is null || route.Instead is not null)
            return;
        foreach (var body in Malformed.Bodies)
        {
            var status = await SendRawAsync(route, "", body);

            ((int)status).ShouldBeInRange(400, 499, body);
        }
    }

    [Fact]
    public void Has_a_row_for_every_route_and_a_route_for_every_row()
    {
        var mapped = matrix
            .Host.Endpoints.OfType<RouteEndpoint>()
            .Select(static endpoint => endpoint.Metadata.GetMetadata<ApiRoute>())
            .OfType<ApiRoute>()
            .Select(static route => route.ToString());

        mapped.Order().ShouldBe(RouteTable.All.Select(static route => route.ToString()).Order());
    }

    [Fact]
    public void Names_an_audited_action_for_every_route_that_changes_something()
    {
        string[] exempt =
        [
            .. Ending, // The session itself has the time and the reason of its end.
            "POST /api/auth/login",
            "POST /api/auth/refresh",
            "POST /api/v1/session",
            "POST /api/v1/query", // The database rejects writes.
            "POST /api/v1/limits/preview", // It sets nothing.
            "POST /api/v1/prices/preview", // Records nothing.
            "POST /compare", // It reads a result.
        ];

        RouteTable
            .All.Where(static route => !route.IsSafe && route.Audit is null && route.Instead is null)
            .Select(static route => route.ToString())
            .Order()
            .ShouldBe(exempt.Order());
    }

    /// <summary>A maker may name others than himself only if he reaches them: then 403 is about the body.</summary>
    private static bool IsAboutBody(ApiRoute route) =>
        route.ToString()
            is "POST /api/v1/keys"
                or "POST /api/v1/users"
                or "POST /api/v1/teams"
                or "POST /api/v1/projects"
                or "POST /api/v1/applications"
                or "POST /api/v1/limits"
                or "POST /api/v1/limits/preview"
                or "POST /api/v1/session/password"
                or "POST /key/generate"
                or "POST /key/service-account/generate";

    /// <summary>None is set here.</summary>
    private static bool IsOfIdentityProvider(ApiRoute route) => route.Success == (int)HttpStatusCode.Found;

    private Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(ApiRoute route, string? token)
    {
        var body = route.Example ?? (route.IsSafe ? null : "{}");
        return matrix.Host.SendAsync(new HttpMethod(route.Method), FormatPath(route), token, body);
    }

    private async Task<HttpStatusCode> SendRawAsync(ApiRoute route, string query, string? body)
    {
        // With the token of no session, so that routes that end one do no harm.
        var token = matrix.Tokens["all"];
        return (
            await matrix.Host.SendAsync(new HttpMethod(route.Method), FormatPath(route) + query, token, body)
        ).Status;
    }

    private static string FormatPath(ApiRoute route) =>
        route
            .Path.Replace("{id}", "0123456789abcdef0123456789abcdef", StringComparison.Ordinal)
            .Replace("{name}", "nobody", StringComparison.Ordinal)
            .Replace("{field}", "model", StringComparison.Ordinal)
            .Replace("{format}", "csv", StringComparison.Ordinal)
            .Replace("{*path}", "new", StringComparison.Ordinal);

    private static ApiRoute Find(string name) => RouteTable.All.Single(route => route.ToString() == name);

    private IEnumerable<string?> CreateInvalidTokens()
    {
        var parts = matrix.Tokens["root"].Split('.');
        var header = Encode("""{"alg":"none","typ":"at+jwt"}""");
        yield return null;
        yield return "nonsense";
        yield return "tg-0000000000000000000000000000000000000000000";
        yield return "tgs-0000000000000000000000000000000000000000000";
        yield return "' OR 1=1--";
        yield return $"{header}.{parts[1]}.";
        yield return $"{header}.{parts[1]}.{parts[2]}";
        yield return $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(new byte[64])}";
        yield return $"{parts[0]}.{Encode("""{"sub":"root","role":"admin"}""")}.{parts[2]}";
        yield return new string('x', 65_536 / 8);
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
