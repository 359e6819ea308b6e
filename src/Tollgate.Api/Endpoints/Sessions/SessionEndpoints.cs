using Tollgate.Accounting.SignIns;
using Tollgate.Api.Authentication;
using Tollgate.Api.Authorization;
using Tollgate.Api.Contracts;
using Tollgate.Api.Contracts.Sessions;
using Tollgate.Api.Endpoints.Accounts;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Permissions;
using Tollgate.Identity.Sessions;
using Tollgate.Identity.Tokens;
using Tollgate.Operations.AuditTrail;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Sessions;

/// <summary>Signing in and out, in a browser and as a program.</summary>
internal sealed class SessionEndpoints(Workspace workspace, IdentityAccess access)
{
    private readonly AuditTrailOperations _trail = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(SessionRoutes.LogIn, LogInAsync),
            new(SessionRoutes.Refresh, RefreshAsync),
            new(SessionRoutes.LogOut, EndOwnAsync),
            new(SessionRoutes.Keys, ListKeysAsync),
            new(SessionRoutes.SignIn, SignInAsync),
            new(SessionRoutes.SignOut, EndOwnAsync),
            new(SessionRoutes.Caller, GetCallerAsync),
            new(SessionRoutes.ChangePassword, ChangePasswordAsync),
            new(SessionRoutes.List, ListAsync),
            new(SessionRoutes.End, EndAsync),
        ];

    private async Task<ApiResponse> LogInAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var parts = await access.GetAsync(cancellationToken);
        var started = await StartAsync(request, SignInKind.Api, cancellationToken);
        return Respond(await parts.RefreshTokens.IssueAsync(started, cancellationToken));
    }

    private async Task<ApiResponse> RefreshAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var parts = await access.GetAsync(cancellationToken);
        var body = await request.ReadBodyAsync(ContractJson.Default.RefreshBody, cancellationToken);
        return Respond(await parts.RefreshTokens.RefreshAsync(body.RefreshToken, cancellationToken));
    }

    private async Task<ApiResponse> ListKeysAsync(ApiRequest request, CancellationToken cancellationToken) =>
        new BytesResponse(
            await (await access.GetAsync(cancellationToken)).SigningKeys.WriteKeySetAsync(cancellationToken),
            "application/json"
        );

    private async Task<ApiResponse> SignInAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var parts = await access.GetAsync(cancellationToken);
        // A page of another site could otherwise sign its visitor in under a name of its own.
        if (!CrossSiteCheck.IsAllowed(request.Http.Request))
            throw new ProblemException(
                ProblemCode.CrossSite,
                "A browser signs in only on the pages of this gateway. Programs use /api/auth/login."
            );
        var started = await StartAsync(request, SignInKind.Browser, cancellationToken);
        var caller =
            await parts.Sessions.CheckAsync(started.Token, cancellationToken)
            ?? throw new ProblemException(ProblemCode.WrongCredentials, SignInResult.WrongCredentials.Message);
        SessionCookie.Set(request.Http, started.Token);
        return Respond(caller);
    }

    private Task<ApiResponse> GetCallerAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<ApiResponse>(Respond(request.Principal));

    private async Task<ApiResponse> EndOwnAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var parts = await access.GetAsync(cancellationToken);
        if (request.Principal.SessionId is { } session)
            await parts.Sessions.EndAsync(session, SessionEnd.SignedOut, cancellationToken);
        SessionCookie.Remove(request.Http);
        return EmptyResponse.Done;
    }

    private async Task<ApiResponse> ChangePasswordAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var parts = await access.GetAsync(cancellationToken);
        var body = await request.ReadBodyAsync(ContractJson.Default.ChangePasswordBody, cancellationToken);
        var caller = request.Principal;
        if (caller.SessionId is not { } session)
            throw new ProblemException(ProblemCode.Forbidden, "Only the owner of an account changes its password.");
        var address = request.Http.Connection.RemoteIpAddress;
        var refusal = await parts.SignIn.FindProblemAsync(
            caller.Name,
            body.CurrentPassword,
            address,
            cancellationToken
        );
        // Not 401: the session itself is valid.
        if (refusal is SignInResult.WrongCredentials)
            throw ProblemException.Invalid(
                new ProblemError
                {
                    Pointer = "/current_password",
                    Code = "wrong_password",
                    Message = "current_password is wrong.",
                }
            );
        if (refusal is not null)
            throw SignInProblems.Create(refusal);
        var result = await parts.Accounts.SetPasswordAsync(caller.Name, body.NewPassword, session, cancellationToken);
        AccountProblems.ThrowIfRefused(result);
        await _trail.RecordAsync(request.Actor, "account.password", caller.Name, null, null);
        return EmptyResponse.Done;
    }

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var parts = await access.GetAsync(cancellationToken);
        var caller = request.Principal;
        IReadOnlyList<SignInSession> found = caller.SessionId is null
            ? []
            : await parts.Sessions.ListAsync(
                new SignInSessionSelection { Account = caller.Name, LiveAt = workspace.Now },
                cancellationToken
            );
        return new ListResponse<SessionResponse>(
            new ListPage<SessionResponse>([
                .. found.Select(session => SessionResponse.Create(session, caller.SessionId)),
            ]),
            ContractJson.Default.SessionResponse
        );
    }

    private async Task<ApiResponse> EndAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var parts = await access.GetAsync(cancellationToken);
        var text = request.GetPathValue("id");
        var caller = request.Principal;
        var own =
            caller.SessionId is not null && Guid.TryParse(text, out var id)
                ? (
                    await parts.Sessions.ListAsync(
                        new SignInSessionSelection { Account = caller.Name, LiveAt = workspace.Now },
                        cancellationToken
                    )
                ).FirstOrDefault(session => session.Id == id)
                : null;
        if (own is null)
            throw new ProblemException(ProblemCode.NotFound, $"There is no session '{text}'.");
        await parts.Sessions.EndAsync(own.Id, SessionEnd.Revoked, cancellationToken);
        await _trail.RecordAsync(request.Actor, "session.end", caller.Name, null, $$"""{"session":"{{own.Id:N}}"}""");
        return EmptyResponse.Done;
    }

    private async Task<StartedSession> StartAsync(
        ApiRequest request,
        SignInKind kind,
        CancellationToken cancellationToken
    )
    {
        var parts = await access.GetAsync(cancellationToken);
        var body = await request.ReadBodyAsync(ContractJson.Default.SignInBody, cancellationToken);
        var result = await parts.SignIn.SignInAsync(
            body.Username,
            body.Password,
            request.Http.Connection.RemoteIpAddress,
            request.Http.Request.Headers.UserAgent.ToString(),
            kind,
            cancellationToken
        );
        return result is SignInResult.Success success ? success.Started : throw SignInProblems.Create(result);
    }

    private static JsonResponse<TokenResponse> Respond(TokenPair? tokens) =>
        tokens is null
            ? throw new ProblemException(ProblemCode.Unauthenticated, "The refresh token is not valid. Sign in again.")
            : new(
                new TokenResponse
                {
                    AccessToken = tokens.AccessToken,
                    ExpiresIn = (int)tokens.ExpiresIn.TotalSeconds,
                    RefreshToken = tokens.RefreshToken,
                    User = new TokenOwner(tokens.Caller.Name, tokens.Caller.Role!.Value),
                },
                ContractJson.Default.TokenResponse
            );

    private static JsonResponse<CallerResponse> Respond(Principal caller) =>
        new(
            new CallerResponse
            {
                Kind = caller.Kind,
                Name = caller.Name,
                Role = caller.Role,
                Permissions = [.. caller.Permissions.Order().Select(PermissionNames.ToName)],
                Reach = caller.Reach.Describe(),
                SessionId = caller.SessionId,
            },
            ContractJson.Default.CallerResponse
        );
}
