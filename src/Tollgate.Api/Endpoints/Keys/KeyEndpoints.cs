using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Registry;
using Tollgate.Api.Authorization;
using Tollgate.Api.Contracts;
using Tollgate.Api.Contracts.Keys;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Json;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Keys;

/// <summary>Virtual keys.</summary>
internal sealed class KeyEndpoints(Workspace workspace)
{
    private readonly KeyOperations _keys = new(workspace);
    private readonly KeyOwners _owners = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(KeyRoutes.List, ListAsync),
            new(KeyRoutes.Get, GetAsync),
            new(KeyRoutes.Create, CreateAsync),
            new(KeyRoutes.SetLimits, SetLimitsAsync),
            new(KeyRoutes.Rotate, RotateAsync),
            new(KeyRoutes.Revoke, RevokeAsync),
        ];

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var (user, team) = (request.Get(KeyRoutes.User), request.Get(KeyRoutes.Team));
        var keys = (await _keys.ListAsync(cancellationToken)).Where(key =>
            IsWithin(request.Principal.Reach, key)
            && (user is null || key.User == user)
            && (team is null || key.Team == team)
        );
        var page = MemoryPages.Create(
            request,
            keys,
            static key => key.Id, // In the order of their creation.
            static key => [key.Id, key.Prefix, key.Name, key.User, key.Project, key.Team]
        );
        return new ListResponse<KeyDetails>(page, OperationsJson.Default.KeyDetails);
    }

    private async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Respond(await FindAsync(request, cancellationToken));

    private async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync(ContractJson.Default.CreateKeyRequest, cancellationToken);
        await _owners.RequireAsync(
            request.Principal,
            new KeyOwner(body.User, body.Team, body.Organization),
            cancellationToken
        );
        var issued = await _keys.IssueAsync(
            new NewVirtualKey
            {
                Name = body.Name,
                User = body.User,
                Project = body.Project,
                Team = body.Team,
                Organization = body.Organization,
                Metadata = body.Metadata,
                AllowedModels = body.Models,
                ExpiresAt = body.ExpiresAt,
            },
            KeyLimitReader.Read(body),
            request.Actor,
            cancellationToken
        );
        return new JsonResponse<IssuedKey>(issued, OperationsJson.Default.IssuedKey)
        {
            Status = StatusCodes.Status201Created,
            Location = $"/api/v1/keys/{issued.Key.Id}",
        };
    }

    private async Task<ApiResponse> SetLimitsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var key = await FindAsync(request, cancellationToken);
        var body = await request.ReadBodyAsync(ContractJson.Default.KeyLimitFields, cancellationToken);
        return Respond(await _keys.SetLimitsAsync(key.Id, KeyLimitReader.Read(body), request.Actor, cancellationToken));
    }

    private async Task<ApiResponse> RotateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var key = await FindAsync(request, cancellationToken);
        var body = await request.ReadBodyAsync(ContractJson.Default.RotateKeyRequest, cancellationToken);
        var issued = await _keys.RotateAsync(
            key.Id,
            TimeSpan.FromSeconds(body.GraceSeconds),
            request.Actor,
            cancellationToken
        );
        return new JsonResponse<IssuedKey>(issued, OperationsJson.Default.IssuedKey);
    }

    private async Task<ApiResponse> RevokeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var key = await FindAsync(request, cancellationToken);
        return Respond(await _keys.RevokeAsync(key.Id, request.Actor, cancellationToken));
    }

    /// <summary>Returns the key of the path; one outside the sender's reach does not exist.</summary>
    private async Task<KeyDetails> FindAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var id = request.GetPathValue("id");
        var found = await _keys.FindByIdAsync(id, cancellationToken);
        return found is not null && IsWithin(request.Principal.Reach, found)
            ? found
            : throw new ProblemException(ProblemCode.NotFound, $"There is no key '{id}'.");
    }

    private static bool IsWithin(Reach reach, KeyDetails key) => reach.Includes(key.Id, key.User, key.Team);

    private static JsonResponse<KeyDetails> Respond(KeyDetails key) => new(key, OperationsJson.Default.KeyDetails);
}
