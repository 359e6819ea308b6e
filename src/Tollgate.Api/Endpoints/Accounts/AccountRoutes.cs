using Microsoft.AspNetCore.Http;
using Tollgate.Api.Authorization;
using Tollgate.Api.Contracts;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Endpoints.Accounts;

/// <summary>The rows of accounts.</summary>
internal static class AccountRoutes
{
    private const string Area = "Accounts";
    private const string One = "/api/v1/accounts/{name}";

    public static readonly ApiRoute List = new("GET", "/api/v1/accounts")
    {
        Area = Area,
        Summary = "Lists the accounts.",
        Access = RouteAccess.Everything(Permission.AccountsRead),
        Parameters = MemoryPages.Parameters,
        Response = ContractJson.Default.AccountResponse,
        IsList = true,
    };

    public static readonly ApiRoute Get = new("GET", One)
    {
        Area = Area,
        Summary = "Returns an account.",
        Access = RouteAccess.Everything(Permission.AccountsRead),
        Response = ContractJson.Default.AccountResponse,
    };

    public static readonly ApiRoute Create = new("POST", "/api/v1/accounts")
    {
        Area = Area,
        Summary = "Creates an account.",
        Access = RouteAccess.Everything(Permission.AccountsWrite),
        Audit = "account.create",
        Body = ContractJson.Default.CreateAccountBody,
        Response = ContractJson.Default.AccountResponse,
        Success = StatusCodes.Status201Created,
        Example = """{"username": "ann", "role": "manager", "teams": ["search"]}""",
    };

    public static readonly ApiRoute Change = new("PATCH", One)
    {
        Area = Area,
        Summary = "Changes the role, the teams, or the user of an account, or disables it.",
        Access = RouteAccess.Everything(Permission.AccountsWrite),
        Audit = "account.update",
        NeedsRevision = true,
        Body = ContractJson.Default.ChangeAccountBody,
        Response = ContractJson.Default.AccountResponse,
        Example = """{"role": "viewer"}""",
    };

    public static readonly ApiRoute Delete = new("DELETE", One)
    {
        Area = Area,
        Summary = "Deletes an account, and ends its sessions. Its recorded usage is kept.",
        Access = RouteAccess.Everything(Permission.AccountsWrite),
        Audit = "account.delete",
        NeedsRevision = true,
        Success = StatusCodes.Status204NoContent,
    };

    public static readonly ApiRoute CreateLink = new("POST", One + "/link")
    {
        Area = Area,
        Summary = "Creates a one-time link with which the person sets a password.",
        Access = RouteAccess.Everything(Permission.AccountsWrite),
        Audit = "account.link",
        Response = ContractJson.Default.LinkResponse,
        Success = StatusCodes.Status201Created,
    };

    public static readonly ApiRoute EndSessions = new("DELETE", One + "/sessions")
    {
        Area = Area,
        Summary = "Ends all sessions of an account.",
        Access = RouteAccess.Everything(Permission.AccountsWrite),
        Audit = "session.end",
        Success = StatusCodes.Status204NoContent,
    };

    public static readonly ApiRoute UseLink = new("POST", "/api/v1/setup")
    {
        Area = Area,
        Summary = "Creates the first account, or sets a password, with the token of a one-time link.",
        Access = RouteAccess.Public,
        Audit = "account.password",
        Body = ContractJson.Default.UseLinkBody,
        Response = ContractJson.Default.AccountResponse,
        Example = """{"token": "…", "username": "ann", "password": "seven odd walruses sing"}""",
    };
}
