using Microsoft.AspNetCore.Http;
using Tollgate.Api.Authorization;
using Tollgate.Api.Parameters;

namespace Tollgate.Api.Endpoints.OpenId;

/// <summary>The rows of signing in at an identity provider.</summary>
internal static class OpenIdRoutes
{
    private const string Area = "Sessions";

    /// <summary>The path to which the provider returns.</summary>
    public const string ReturnPath = "/signin-oidc";

    public static readonly TextParameter Page = new("return", "The path of the page to open afterwards. Default: /.")
    {
        Max = 2048,
    };

    public static readonly TextParameter Code = new("code", "The code of the provider.") { Max = 4096 };
    public static readonly TextParameter State = new("state", "The state that was passed through the provider.");
    public static readonly TextParameter Error = new("error", "The error of the provider.");
    public static readonly TextParameter Issuer = new("iss", "The issuer of the response.") { Max = 1024 };

    public static readonly ApiRoute Start = new("GET", "/api/v1/session/oidc/start")
    {
        Area = Area,
        Summary = "Sends a browser to the identity provider to sign in.",
        Access = RouteAccess.Public,
        Parameters = [Page],
        Success = StatusCodes.Status302Found,
    };

    public static readonly ApiRoute Return = new("GET", ReturnPath)
    {
        Area = Area,
        Summary = "Completes a sign-in at the identity provider, which sends the browser here.",
        Access = RouteAccess.Public,
        Parameters = [Code, State, Error, Issuer],
        IgnoresOtherParameters = true,
        Success = StatusCodes.Status302Found,
    };
}
