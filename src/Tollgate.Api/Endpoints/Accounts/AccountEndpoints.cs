using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Api.Authentication;
using Tollgate.Api.Contracts;
using Tollgate.Api.Contracts.Accounts;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Identity.Accounts;
using Tollgate.Operations.AuditTrail;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Accounts;

/// <summary>Accounts of people.</summary>
internal sealed class AccountEndpoints(Workspace workspace, IdentityAccess access)
{
    private readonly AuditTrailOperations _trail = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(AccountRoutes.List, ListAsync),
            new(AccountRoutes.Get, GetAsync),
            new(AccountRoutes.Create, CreateAsync),
            new(AccountRoutes.Change, ChangeAsync),
            new(AccountRoutes.Delete, DeleteAsync),
            new(AccountRoutes.CreateLink, CreateLinkAsync),
            new(AccountRoutes.EndSessions, EndSessionsAsync),
            new(AccountRoutes.UseLink, UseLinkAsync),
        ];

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var parts = await access.GetAsync(cancellationToken);
        var page = MemoryPages.Create(
            request,
            (await parts.Accounts.ListAsync(cancellationToken)).Select(AccountResponse.Create),
            static account => account.Username,
            static account => [account.Username, account.User, .. account.Teams]
        );
        return new ListResponse<AccountResponse>(page, ContractJson.Default.AccountResponse);
    }

    private async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Respond(await FindAsync(request, cancellationToken));

    private async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var parts = await access.GetAsync(cancellationToken);
        var body = await request.ReadBodyAsync(ContractJson.Default.CreateAccountBody, cancellationToken);
        RoleGrants.Require(request.Principal, body.Role);
        var result = await parts.Accounts.CreateAsync(
            new NewAccount
            {
                Username = body.Username,
                Role = body.Role,
                Password = body.Password,
                User = body.User,
                Teams = body.Teams ?? [],
            },
            cancellationToken
        );
        var created = await RecordAsync(result, "account.create", request.Actor);
        return new JsonResponse<AccountResponse>(created!, ContractJson.Default.AccountResponse)
        {
            Status = StatusCodes.Status201Created,
            Location = $"/api/v1/accounts/{Uri.EscapeDataString(created!.Username)}",
        };
    }

    private async Task<ApiResponse> ChangeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var parts = await access.GetAsync(cancellationToken);
        var account = await FindAsync(request, cancellationToken);
        var body = await request.ReadBodyAsync(ContractJson.Default.ChangeAccountBody, cancellationToken);
        request.RequireCurrent(account, ContractJson.Default.AccountResponse);
        // An administrator has all permissions already: this only keeps a mistake from locking one out.
        if (account.Username == request.Principal.Name && (body.Role is not null || body.Disabled == true))
            throw new ProblemException(
                ProblemCode.Forbidden,
                "The own role cannot be changed, and the own account cannot be disabled. Ask another administrator."
            );
        if (body.Role is { } role)
            RoleGrants.Require(request.Principal, role);
        var result = await parts.Accounts.ChangeAsync(
            account.Username,
            new AccountChange
            {
                Role = body.Role,
                User = body.User,
                Teams = body.Teams,
                Disabled = body.Disabled,
            },
            current => request.RequireCurrent(AccountResponse.Create(current), ContractJson.Default.AccountResponse),
            cancellationToken
        );
        return Respond((await RecordAsync(result, "account.update", request.Actor))!);
    }

    private async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var parts = await access.GetAsync(cancellationToken);
        var account = await FindAsync(request, cancellationToken);
        var result = await parts.Accounts.DeleteAsync(
            account.Username,
            current => request.RequireCurrent(AccountResponse.Create(current), ContractJson.Default.AccountResponse),
            cancellationToken
        );
        await RecordAsync(result, "account.delete", request.Actor);
        return EmptyResponse.Done;
    }

    private async Task<ApiResponse> EndSessionsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var parts = await access.GetAsync(cancellationToken);
        var account = await FindAsync(request, cancellationToken);
        var ended = await parts.Sessions.EndAllAsync(account.Username, null, SessionEnd.Revoked, cancellationToken);
        await _trail.RecordAsync(
            request.Actor,
            "session.end",
            account.Username,
            null,
            $$"""{"sessions":{{ended.Count}}}"""
        );
        return EmptyResponse.Done;
    }

    private async Task<ApiResponse> CreateLinkAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var parts = await access.GetAsync(cancellationToken);
        var account = await FindAsync(request, cancellationToken);
        RoleGrants.Require(request.Principal, account.Role); // The link signs in as the account.
        var issued =
            await parts.Links.IssueForPasswordAsync(account.Username, cancellationToken)
            ?? throw new ProblemException(ProblemCode.NotFound, $"There is no account '{account.Username}'.");
        await _trail.RecordAsync(request.Actor, "account.link", account.Username, null, null);
        return new JsonResponse<LinkResponse>(
            new LinkResponse { Token = issued.Token, ExpiresAt = issued.Link.ExpiresAt },
            ContractJson.Default.LinkResponse
        )
        {
            Status = StatusCodes.Status201Created,
        };
    }

    private async Task<ApiResponse> UseLinkAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var parts = await access.GetAsync(cancellationToken);
        var body = await request.ReadBodyAsync(ContractJson.Default.UseLinkBody, cancellationToken);
        var result = body.Username is { } username
            ? await parts.Links.CreateFirstAdminAsync(body.Token, username, body.Password, cancellationToken)
            : await parts.Links.SetPasswordAsync(body.Token, body.Password, cancellationToken);
        AccountProblems.ThrowIfRefused(result);
        var actor = new Actor(ActorKind.Account, result.After!.Username);
        return Respond((await RecordAsync(result, "account.password", actor))!);
    }

    private async Task<AccountResponse> FindAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var parts = await access.GetAsync(cancellationToken);
        var name = request.GetPathValue("name");
        return await parts.Accounts.FindAsync(name, cancellationToken) is { } account
            ? AccountResponse.Create(account)
            : throw new ProblemException(ProblemCode.NotFound, $"There is no account '{name}'.");
    }

    /// <summary>Records a change, and returns the account after it; null if it was deleted.</summary>
    private async Task<AccountResponse?> RecordAsync(AccountResult result, string action, Actor actor)
    {
        AccountProblems.ThrowIfRefused(result);
        var (before, after) = (
            result.Before is { } old ? AccountResponse.Create(old) : null,
            result.After is { } changed ? AccountResponse.Create(changed) : null
        );
        await _trail.RecordAsync(
            actor,
            action,
            (after ?? before)!.Username,
            before is null ? null : JsonSerializer.Serialize(before, ContractJson.Default.AccountResponse),
            after is null ? null : JsonSerializer.Serialize(after, ContractJson.Default.AccountResponse)
        );
        return after;
    }

    private static JsonResponse<AccountResponse> Respond(AccountResponse account) =>
        JsonResponse<AccountResponse>.ForEntry(account, ContractJson.Default.AccountResponse);
}
