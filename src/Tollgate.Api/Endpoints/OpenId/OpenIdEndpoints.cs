using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Api.Authentication;
using Tollgate.Api.Contracts;
using Tollgate.Api.Contracts.Accounts;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.OpenIdConnect;
using Tollgate.Identity.Sessions;
using Tollgate.Operations.AuditTrail;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.OpenId;

/// <summary>Signing in at an identity provider, in a browser.</summary>
internal sealed class OpenIdEndpoints(Workspace workspace, IdentityAccess access)
{
    private static readonly TimeSpan ProviderRetry = TimeSpan.FromSeconds(10);

    private readonly AuditTrailOperations _trail = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [new(OpenIdRoutes.Start, StartAsync), new(OpenIdRoutes.Return, CompleteAsync)];

    private async Task<ApiResponse> StartAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var provider = await GetProviderAsync(cancellationToken);
        try
        {
            var started = await provider.StartAsync(
                GetReturnAddress(request.Http.Request),
                request.Get(OpenIdRoutes.Page) ?? "/",
                cancellationToken
            );
            StateCookie.Set(request.Http, started.Cookie);
            return new RedirectResponse(started.Address.AbsoluteUri);
        }
        catch (OpenIdException refused)
        {
            throw Convert(refused);
        }
    }

    private async Task<ApiResponse> CompleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var provider = await GetProviderAsync(cancellationToken);
        var http = request.Http;
        var reply = new OpenIdReply(
            request.Get(OpenIdRoutes.Code),
            request.Get(OpenIdRoutes.State),
            StateCookie.Read(http.Request),
            request.Get(OpenIdRoutes.Error),
            request.Get(OpenIdRoutes.Issuer)
        );
        StateCookie.Remove(http); // It works once, however this ends.
        try
        {
            var completed = await provider.CompleteAsync(
                GetReturnAddress(http.Request),
                reply,
                new SignInClient(http.Connection.RemoteIpAddress, http.Request.Headers.UserAgent.ToString()),
                cancellationToken
            );
            SessionCookie.Set(http, completed.Started.Token);
            if (completed.Change is { } change)
                await RecordAsync(change);
            return new RedirectResponse(http.Request.PathBase + completed.ReturnPath);
        }
        catch (OpenIdException refused)
        {
            throw Convert(refused);
        }
    }

    private async Task<OpenIdSignIn> GetProviderAsync(CancellationToken cancellationToken) =>
        (await access.GetAsync(cancellationToken)).OpenId
        ?? throw new ProblemException(
            ProblemCode.NotFound,
            "No identity provider is set. Sign in with a password, or set accounts.oidc in the configuration."
        );

    private Task RecordAsync(AccountResult change) =>
        _trail.RecordAsync(
            new Actor(ActorKind.Account, change.After!.Username),
            change.Before is null ? "account.create" : "account.update",
            change.After.Username,
            change.Before is { } before ? Describe(before) : null,
            Describe(change.After)
        );

    private static string Describe(Account account) =>
        JsonSerializer.Serialize(AccountResponse.Create(account), ContractJson.Default.AccountResponse);

    private static Uri GetReturnAddress(HttpRequest request) =>
        Uri.TryCreate(
            $"{request.Scheme}://{request.Host}{request.PathBase}{OpenIdRoutes.ReturnPath}",
            UriKind.Absolute,
            out var address
        )
            ? address
            : throw new ProblemException(ProblemCode.InvalidRequest, "The host of the request is not valid.");

    private static ProblemException Convert(OpenIdException refused) =>
        refused.IsProviderUnavailable
            ? new(ProblemCode.Unavailable, refused.Message) { RetryAfter = ProviderRetry }
            : new(ProblemCode.Forbidden, refused.Message);
}
