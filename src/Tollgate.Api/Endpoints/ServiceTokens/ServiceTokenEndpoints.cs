using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Api.Authentication;
using Tollgate.Api.Contracts;
using Tollgate.Api.Contracts.ServiceTokens;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Identity.Permissions;
using Tollgate.Identity.Tokens;
using Tollgate.Operations.AuditTrail;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.ServiceTokens;

/// <summary>Tokens of programs.</summary>
internal sealed class ServiceTokenEndpoints(Workspace workspace, IdentityAccess access)
{
    private readonly AuditTrailOperations _trail = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(ServiceTokenRoutes.List, ListAsync),
            new(ServiceTokenRoutes.Create, CreateAsync),
            new(ServiceTokenRoutes.Revoke, RevokeAsync),
        ];

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var parts = await access.GetAsync(cancellationToken);
        var page = MemoryPages.Create(
            request,
            (await parts.ServiceTokens.ListAsync(cancellationToken)).Select(ServiceTokenResponse.Create),
            static token => token.Id,
            static token => [token.Name, token.Prefix, token.CreatedBy]
        );
        return new ListResponse<ServiceTokenResponse>(page, ContractJson.Default.ServiceTokenResponse);
    }

    private async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync(ContractJson.Default.CreateServiceTokenBody, cancellationToken);
        var parts = await access.GetAsync(cancellationToken);
        var result = await parts.ServiceTokens.CreateAsync(
            new NewServiceToken(body.Name, ReadPermissions(body.Permissions), body.ExpiresAt),
            request.Principal,
            cancellationToken
        );
        if (result is not ServiceTokenResult.Created created)
            throw result switch
            {
                ServiceTokenResult.Forbidden refused => new ProblemException(ProblemCode.Forbidden, refused.Message),
                ServiceTokenResult.Invalid refused => new ProblemException(ProblemCode.InvalidRequest, refused.Message),
                _ => new InvalidOperationException($"Unknown result {result}."),
            };
        var token = ServiceTokenResponse.Create(created.Token);
        await _trail.RecordAsync(
            request.Actor,
            "token.create",
            token.Name,
            null,
            JsonSerializer.Serialize(token, ContractJson.Default.ServiceTokenResponse)
        );
        return new JsonResponse<IssuedServiceToken>(
            new IssuedServiceToken(token, created.Secret),
            ContractJson.Default.IssuedServiceToken
        )
        {
            Status = StatusCodes.Status201Created,
        };
    }

    private async Task<ApiResponse> RevokeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var id = request.GetPathValue("id");
        var parts = await access.GetAsync(cancellationToken);
        var revoked =
            await parts.ServiceTokens.RevokeAsync(id, cancellationToken)
            ?? throw new ProblemException(ProblemCode.NotFound, $"There is no service token '{id}'.");
        await _trail.RecordAsync(
            request.Actor,
            "token.revoke",
            revoked.Name,
            null,
            JsonSerializer.Serialize(ServiceTokenResponse.Create(revoked), ContractJson.Default.ServiceTokenResponse)
        );
        return EmptyResponse.Done;
    }

    private static List<Permission> ReadPermissions(IReadOnlyList<string> names)
    {
        var permissions = new List<Permission>();
        var errors = new List<ProblemError>();
        IReadOnlyList<string> allowed = [.. PermissionNames.All.Select(PermissionNames.ToName)];
        foreach (var (index, name) in names.Index())
        {
            if (PermissionNames.TryParse(name, out var permission))
                permissions.Add(permission);
            else
                errors.Add(
                    new ProblemError
                    {
                        Pointer = $"/permissions/{index}",
                        Code = "invalid_value",
                        Message = $"There is no permission '{name}'. Use one of {string.Join(", ", allowed)}.",
                        Allowed = allowed,
                    }
                );
        }

        return errors.Count == 0 ? permissions : throw ProblemException.Invalid(errors);
    }
}
