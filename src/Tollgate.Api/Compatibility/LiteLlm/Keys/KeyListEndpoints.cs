using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.LiteLlm.Keys;

/// <summary>Lists keys.</summary>
internal sealed class KeyListEndpoints(Workspace workspace)
{
    private readonly KeyLookup _lookup = new(workspace);
    private readonly KeyShapeBuilder _shapes = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All => [new(KeyAdminRoutes.List, ListAsync)];

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var (user, team) = (request.Get(KeyAdminRoutes.UserId), request.Get(KeyAdminRoutes.TeamId));
        var (name, organization) = (request.Get(KeyAdminRoutes.KeyAlias), request.Get(KeyAdminRoutes.OrganizationId));
        var found = (await _lookup.ListAsync(request.Principal.Reach, cancellationToken))
            .Where(key =>
                (user is null || key.User == user)
                && (team is null || key.Team == team)
                && (name is null || key.Name == name)
                && (organization is null || key.Organization == organization)
            )
            .ToList();
        var (page, size) = (request.Get(KeyAdminRoutes.Page), request.Get(KeyAdminRoutes.Size));
        var shown = found.Skip((page - 1) * size).Take(size).ToList();
        var pages = (found.Count + size - 1) / size;
        if (!request.Get(KeyAdminRoutes.FullObject))
            return new JsonResponse<KeyIdPageShape>(
                new KeyIdPageShape([.. shown.Select(static key => key.Id)], found.Count, page, pages),
                LiteLlmKeyJson.Default.KeyIdPageShape
            );
        return new JsonResponse<KeyPageShape>(
            new KeyPageShape(await _shapes.CreateAllAsync(shown, cancellationToken), found.Count, page, pages),
            LiteLlmKeyJson.Default.KeyPageShape
        );
    }
}
