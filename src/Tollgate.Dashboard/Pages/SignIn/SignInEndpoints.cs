using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.SignIns;
using Tollgate.Api.Authentication;
using Tollgate.Dashboard.Layout;
using Tollgate.Dashboard.Requests;
using Tollgate.Dashboard.Routing;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Sessions;
using Tollgate.Operations.AuditTrail;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Dashboard.Pages.SignIn;

/// <summary>Signing in and out, and the first account.</summary>
internal sealed class SignInEndpoints(Workspace workspace, IdentityAccess identity)
{
    private readonly AuditTrailOperations _trail = new(workspace);

    /// <summary>The pages with their implementations.</summary>
    public IReadOnlyList<PageEndpoint> All =>
        [
            new(new PageRoute("GET", "/sign-in") { IsPublic = true }, ShowSignInAsync),
            new(new PageRoute("POST", "/sign-in") { IsPublic = true }, SignInAsync),
            new(new PageRoute("POST", "/sign-out") { IsPublic = true }, SignOutAsync),
            new(new PageRoute("GET", "/setup") { IsPublic = true }, ShowSetupAsync),
            new(new PageRoute("POST", "/setup") { IsPublic = true }, SetUpAsync),
            new(new PageRoute("POST", "/theme") { IsPublic = true }, ChangeThemeAsync),
        ];

    private async Task<IResult> ShowSignInAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var target = ReadReturn(request.Http.Request.Query["return"]);
        if (request.Person is not null)
            return new RedirectResult(request.BasePath + target);
        var parts = await identity.GetAsync(cancellationToken);
        return SignInPage.Create(
            new SignInModel(new FrameModel(request, "Sign in", "sign-in"))
            {
                Return = target,
                HasIdentityProvider = parts.OpenId is not null,
            }
        );
    }

    private async Task<IResult> SignInAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var form = await request.Http.Request.ReadFormAsync(cancellationToken);
        return await SignInAsync(
            request,
            form["username"].ToString(),
            form["password"].ToString(),
            ReadReturn(form["return"]),
            cancellationToken
        );
    }

    private async Task<IResult> SignInAsync(
        PageRequest request,
        string username,
        string password,
        string target,
        CancellationToken cancellationToken
    )
    {
        var parts = await identity.GetAsync(cancellationToken);
        var result = await parts.SignIn.SignInAsync(
            username,
            password,
            request.Http.Connection.RemoteIpAddress,
            request.Http.Request.Headers.UserAgent.ToString(),
            SignInKind.Browser,
            cancellationToken
        );
        if (result is SignInResult.Success success)
        {
            SessionCookie.Set(request.Http, success.Started.Token);
            return new RedirectResult(request.BasePath + target);
        }

        request.Http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return SignInPage.Create(
            new SignInModel(new FrameModel(request, "Sign in", "sign-in"))
            {
                Username = username,
                Return = target,
                Problem = Describe(result),
                HasIdentityProvider = parts.OpenId is not null,
            }
        );
    }

    private async Task<IResult> SignOutAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var parts = await identity.GetAsync(cancellationToken);
        if (request.Person?.SessionId is { } session)
            await parts.Sessions.EndAsync(session, SessionEnd.SignedOut, cancellationToken);
        SessionCookie.Remove(request.Http);
        return new RedirectResult(request.BasePath + "sign-in");
    }

    private async Task<IResult> ShowSetupAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var parts = await identity.GetAsync(cancellationToken);
        return SetupPage.Create(
            new SetupModel(
                new FrameModel(request, "Set up", "setup"),
                IsFirst: (await parts.Accounts.ListAsync(cancellationToken)).Count == 0
            )
        );
    }

    private async Task<IResult> SetUpAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var form = await request.Http.Request.ReadFormAsync(cancellationToken);
        var (token, username, password) = (
            form["token"].ToString().Trim(),
            form["username"].ToString(),
            form["password"].ToString()
        );
        var parts = await identity.GetAsync(cancellationToken);
        var isFirst = (await parts.Accounts.ListAsync(cancellationToken)).Count == 0;
        var result = isFirst
            ? await parts.Links.CreateFirstAdminAsync(token, username, password, cancellationToken)
            : await parts.Links.SetPasswordAsync(token, password, cancellationToken);
        if (result.After is not { } account)
        {
            request.Http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return SetupPage.Create(
                new SetupModel(new FrameModel(request, "Set up", "setup"), isFirst)
                {
                    Token = token,
                    Username = username,
                    Problem = result.Message,
                }
            );
        }

        await _trail.RecordAsync(
            new Actor(ActorKind.Account, account.Username),
            isFirst ? "account.create" : "account.password",
            account.Username,
            before: null,
            after: null
        );
        return await SignInAsync(request, account.Username, password, "", cancellationToken);
    }

    private Task<IResult> ChangeThemeAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var form = request.Http.Request.Form;
        var theme = FrameModel.ReadTheme(form["theme"].ToString());
        request.Http.Response.Cookies.Append(
            FrameModel.ThemeCookie,
            theme,
            new CookieOptions
            {
                Path = request.BasePath,
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Lax,
                MaxAge = TimeSpan.FromDays(365),
                Secure = request.Http.Request.IsHttps,
            }
        );
        return Task.FromResult<IResult>(new RedirectResult(request.BasePath + ReadReturn(form["return"])));
    }

    /// <summary>Only a page of this program: neither a host nor a path from the root of one.</summary>
    private static string ReadReturn(string? text) =>
        text is null || text.StartsWith('/') || text.Contains(':', StringComparison.Ordinal)
            || text.Contains('\\', StringComparison.Ordinal) || text.Any(char.IsControl)
            ? ""
            : text.StartsWith("./", StringComparison.Ordinal) ? text[2..]
            : text;

    private static string Describe(SignInResult result) =>
        result switch
        {
            SignInResult.Throttled throttled =>
                $"Too many attempts. Try again in {(int)Math.Ceiling(throttled.RetryAfter.TotalSeconds)} seconds.",
            SignInResult.Busy => "Many people sign in at this moment. Try again in a few seconds.",
            _ => SignInResult.WrongCredentials.Message,
        };
}
