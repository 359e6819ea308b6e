using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.LiteLlm.Keys;

/// <summary>A key's own properties.</summary>
internal sealed class KeyInfoEndpoints(Workspace workspace)
{
    private readonly KeyLookup _keys = new(workspace);
    private readonly KeyShapeBuilder _shapes = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All => [new(KeyInfoRoutes.Get, GetAsync)];

    private async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var key = await _keys.FindAsync(request, request.Get(KeyInfoRoutes.Key), cancellationToken);
        return new JsonResponse<KeyInfoShape>(
            new KeyInfoShape(key.Id, await _shapes.CreateAsync(key, cancellationToken)),
            LiteLlmKeyJson.Default.KeyInfoShape
        );
    }
}
