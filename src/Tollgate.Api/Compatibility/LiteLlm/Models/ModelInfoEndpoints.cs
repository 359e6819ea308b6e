using Tollgate.Api.Composition;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.LiteLlm.Models;

/// <summary>The models that callers can name.</summary>
/// <param name="workspace">The ledger with the keys, and the prices.</param>
/// <param name="models">The models.</param>
internal sealed class ModelInfoEndpoints(Workspace workspace, ServedModels models)
{
    private readonly KeyOperations _keys = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(ModelInfoRoutes.Unversioned, ListAsync),
            new(ModelInfoRoutes.First, ListAsync),
            new(ModelInfoRoutes.Second, ListPageAsync),
            new(ModelInfoRoutes.Groups, ListGroupsAsync),
        ];

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken) =>
        new JsonResponse<ModelListShape>(
            new ModelListShape(await FindAsync(request, cancellationToken)),
            LiteLlmModelJson.Default.ModelListShape
        );

    private async Task<ApiResponse> ListPageAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var search = request.Get(ModelInfoRoutes.Search);
        var found = (await FindAsync(request, cancellationToken))
            .Where(model => search is null || model.ModelName.Contains(search, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var (page, size) = (request.Get(ModelInfoRoutes.Page), request.Get(ModelInfoRoutes.Size));
        return new JsonResponse<ModelPageShape>(
            new ModelPageShape
            {
                Data = [.. found.Skip((page - 1) * size).Take(size)],
                TotalCount = found.Count,
                CurrentPage = page,
                Size = size,
                TotalPages = (found.Count + size - 1) / size,
            },
            LiteLlmModelJson.Default.ModelPageShape
        );
    }

    private async Task<ApiResponse> ListGroupsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var wanted = request.Get(ModelInfoRoutes.Group);
        var groups = (await ListDeploymentsAsync(request.Principal, cancellationToken))
            .Where(model => wanted is null || model.ModelName == wanted)
            .GroupBy(static model => model.ModelName, StringComparer.Ordinal)
            .Select(static group => CreateGroup(group.Key, [.. group.Select(static model => model.ModelInfo)]))
            .ToList();
        if (wanted is not null && groups.Count == 0)
            throw CreateUnknown(wanted);
        return new JsonResponse<ModelGroupListShape>(
            new ModelGroupListShape(groups),
            LiteLlmModelJson.Default.ModelGroupListShape
        );
    }

    private async Task<IReadOnlyList<ModelShape>> FindAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var all = await ListDeploymentsAsync(request.Principal, cancellationToken);
        if (request.Get(ModelInfoRoutes.Id) is not { } id)
            return all;
        IReadOnlyList<ModelShape> found = [.. all.Where(model => model.ModelInfo.Id == id)];
        return found.Count > 0 ? found : throw CreateUnknown(id);
    }

    private async Task<IReadOnlyList<ModelShape>> ListDeploymentsAsync(
        Principal principal,
        CancellationToken cancellationToken
    )
    {
        var key =
            principal.Kind == PrincipalKind.VirtualKey
                ? await _keys.FindByIdAsync(principal.Name, cancellationToken)
                : null;
        var catalog = new ModelCatalog(models, workspace.Prices, workspace.Now);
        return
        [
            .. catalog
                .List()
                .Where(model => key?.Models is not { } allowed || allowed.Contains(model.Name, StringComparer.Ordinal))
                .SelectMany(model => model.Deployments.Select(deployment => catalog.Describe(model, deployment))),
        ];
    }

    private static ModelGroupShape CreateGroup(string name, IReadOnlyList<ModelInfoShape> deployments) =>
        new()
        {
            ModelGroup = name,
            Providers = [.. deployments.Select(static model => model.LitellmProvider).Distinct(StringComparer.Ordinal)],
            MaxInputTokens = deployments.Min(static model => model.MaxInputTokens),
            MaxOutputTokens = deployments.Min(static model => model.MaxOutputTokens),
            InputCostPerToken = FindHighest(deployments, static model => model.InputCostPerToken),
            OutputCostPerToken = FindHighest(deployments, static model => model.OutputCostPerToken),
            Mode = deployments[0].Mode,
            SupportsReasoning = deployments.All(static model => model.SupportsReasoning == true) ? true : null,
        };

    private static decimal? FindHighest(
        IReadOnlyList<ModelInfoShape> deployments,
        Func<ModelInfoShape, decimal?> price
    ) => deployments.Any(model => price(model) is null) ? null : deployments.Max(price);

    private static ProblemException CreateUnknown(string name) =>
        new(ProblemCode.NotFound, $"Model not found: '{name}'. GET /v1/models lists the names.");
}
