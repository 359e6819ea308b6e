using Microsoft.AspNetCore.Http;
using Tollgate.Api.Authorization;
using Tollgate.Api.Contracts;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Endpoints.Sessions;

/// <summary>The rows of signing in and out.</summary>
internal static class SessionRoutes
{
    private const string Area = "Sessions";

    public static readonly ApiRoute LogIn = new("POST", "/api/auth/login")
    {
        Area = Area,
        Summary = "Signs a program in with a name and a password, and returns its tokens.",
        Access = RouteAccess.Public,
        Body = ContractJson.Default.SignInBody,
        Response = ContractJson.Default.TokenResponse,
        Example = """{"username": "ann", "password": "seven odd walruses sing"}""",
    };

    public static readonly ApiRoute Refresh = new("POST", "/api/auth/refresh")
    {
        Area = Area,
        Summary = "Exchanges a refresh token for new tokens. A token that was used before ends the session.",
        Access = RouteAccess.Public,
        Body = ContractJson.Default.RefreshBody,
        Response = ContractJson.Default.TokenResponse,
        Example = """{"refresh_token": "AZrX…"}""",
    };

    public static readonly ApiRoute LogOut = new("POST", "/api/auth/logout")
    {
        Area = Area,
        Summary = "Ends the session of the access token.",
        Access = RouteAccess.SignedIn,
        Success = StatusCodes.Status204NoContent,
    };

    public static readonly ApiRoute Keys = new("GET", "/.well-known/jwks.json")
    {
        Area = Area,
        Summary = "Returns the public keys of access tokens.",
        Access = RouteAccess.Public,
    };

    public static readonly ApiRoute SignIn = new("POST", "/api/v1/session")
    {
        Area = Area,
        Summary = "Signs a browser in; the session is in a cookie that scripts cannot read.",
        Access = RouteAccess.Public,
        Body = ContractJson.Default.SignInBody,
        Response = ContractJson.Default.CallerResponse,
        Example = """{"username": "ann", "password": "seven odd walruses sing"}""",
    };

    public static readonly ApiRoute SignOut = new("DELETE", "/api/v1/session")
    {
        Area = Area,
        Summary = "Ends the session of this request.",
        Access = RouteAccess.SignedIn,
        Success = StatusCodes.Status204NoContent,
    };

    public static readonly ApiRoute Caller = new("GET", "/api/v1/session")
    {
        Area = Area,
        Summary = "Returns the sender of the request with its permissions and reach.",
        Access = RouteAccess.SignedIn,
        Response = ContractJson.Default.CallerResponse,
    };

    public static readonly ApiRoute ChangePassword = new("POST", "/api/v1/session/password")
    {
        Area = Area,
        Summary = "Changes the sender's password, and ends all other sessions of the account.",
        Access = new RouteAccess(Permission.SelfWrite, RouteReach.Self),
        Audit = "account.password",
        Body = ContractJson.Default.ChangePasswordBody,
        Success = StatusCodes.Status204NoContent,
        Example = """{"current_password": "seven odd walruses sing", "new_password": "a much longer one, still"}""",
    };

    public static readonly ApiRoute List = new("GET", "/api/v1/sessions")
    {
        Area = Area,
        Summary = "Lists the sender's sessions that have not ended.",
        Access = new RouteAccess(Permission.SelfRead, RouteReach.Self),
        Response = ContractJson.Default.SessionResponse,
        IsList = true,
    };

    public static readonly ApiRoute End = new("DELETE", "/api/v1/sessions/{id}")
    {
        Area = Area,
        Summary = "Ends one of the sender's sessions.",
        Access = new RouteAccess(Permission.SelfWrite, RouteReach.Self),
        Audit = "session.end",
        Success = StatusCodes.Status204NoContent,
    };
}
