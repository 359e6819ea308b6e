using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Tollgate.Api.Authorization;
using Tollgate.Api.Contracts;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Json;

namespace Tollgate.Api.Endpoints.Members;

/// <summary>The rows of one kind of registry entry.</summary>
/// <param name="Kind">The kind, as in the audit trail: <c>user</c>.</param>
/// <param name="Names">The kind in the plural, as in the path: <c>users</c>.</param>
internal sealed record MemberRoutes(string Kind, string Names)
{
    public static readonly MemberRoutes Users = new("user", "users")
    {
        Item = OperationsJson.Default.User,
        AddBody = ContractJson.Default.AddUserBody,
        ChangeBody = ContractJson.Default.ChangeUserBody,
        AddExample = """{"name": "ann", "email": "ann@example.com", "organization_unit": "research"}""",
        ChangeExample = """{"email": "ann@example.com", "enabled": false}""",
    };

    public static readonly MemberRoutes Teams = new("team", "teams")
    {
        Item = OperationsJson.Default.Team,
        AddBody = ContractJson.Default.AddTeamBody,
        ChangeBody = ContractJson.Default.ChangeTeamBody,
        AddExample = """{"name": "research", "alias": "Research", "metadata": {"cost_center": "42"}}""",
        ChangeExample = """{"alias": "Research and development"}""",
    };

    public static readonly MemberRoutes Projects = new("project", "projects")
    {
        Item = OperationsJson.Default.Project,
        AddBody = ContractJson.Default.AddMemberBody,
        ChangeBody = ContractJson.Default.ChangeMemberBody,
        AddExample = """{"name": "search", "description": "The search page"}""",
        ChangeExample = """{"description": "The search page", "enabled": true}""",
    };

    public static readonly MemberRoutes Applications = new("application", "applications")
    {
        Item = OperationsJson.Default.Application,
        AddBody = ContractJson.Default.AddMemberBody,
        ChangeBody = ContractJson.Default.ChangeMemberBody,
        AddExample = """{"name": "crawler"}""",
        ChangeExample = """{"enabled": false}""",
    };

    public required JsonTypeInfo Item { get; init; }

    public required JsonTypeInfo AddBody { get; init; }

    public required JsonTypeInfo ChangeBody { get; init; }

    public required string AddExample { get; init; }

    public required string ChangeExample { get; init; }

    public ApiRoute List =>
        field ??= CreateRow("GET", All) with
        {
            Summary = $"Lists the {Names}.",
            Parameters = MemoryPages.Parameters,
            Response = Item,
            IsList = true,
        };

    public ApiRoute Get => field ??= CreateRow("GET", One) with { Summary = $"Returns the {Kind}.", Response = Item };

    public ApiRoute Add =>
        field ??= CreateRow("POST", All) with
        {
            Summary = $"Adds the {Kind}.",
            Audit = $"{Kind}.create",
            Body = AddBody,
            Response = Item,
            Success = StatusCodes.Status201Created,
            Example = AddExample,
        };

    public ApiRoute Change =>
        field ??= CreateRow("PUT", One) with
        {
            Summary = $"Changes the {Kind}; gateways apply it within a second.",
            Audit = $"{Kind}.update",
            Body = ChangeBody,
            Response = Item,
            NeedsRevision = true,
            Example = ChangeExample,
        };

    public ApiRoute Delete =>
        field ??= CreateRow("DELETE", One) with
        {
            Summary = $"Deletes the {Kind}; its recorded usage is kept.",
            Audit = $"{Kind}.delete",
            NeedsRevision = true,
            Success = StatusCodes.Status204NoContent,
        };

    private string All => $"/api/v1/{Names}";

    private string One => $"/api/v1/{Names}/{{name}}";

    private ApiRoute CreateRow(string method, string path) =>
        new(method, path)
        {
            Area = "Registry",
            Summary = "",
            Access = RouteAccess.Within(method == "GET" ? Permission.RegistryRead : Permission.RegistryWrite),
        };
}
