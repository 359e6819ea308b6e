using System.Globalization;
using Tollgate.Api.Authentication;
using Tollgate.Api.Contracts;
using Tollgate.Api.Contracts.Providers;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Operations.Json;
using Tollgate.Operations.Providers;
using Tollgate.Operations.Status;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Providers;

/// <summary>Providers, their stored keys, and deployments.</summary>
internal sealed class ProviderEndpoints(Workspace workspace, IdentityAccess access, ProcessSource process)
{
    private readonly ProviderOperations _providers = new(workspace, process.Providers);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(ProviderRoutes.List, ListAsync),
            new(ProviderRoutes.Get, GetAsync),
            new(ProviderRoutes.SetKey, SetKeyAsync),
            new(ProviderRoutes.DeleteKey, DeleteKeyAsync),
            new(ProviderRoutes.Test, TestAsync),
            new(ProviderRoutes.Deployments, ListDeploymentsAsync),
        ];

    private Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var page = MemoryPages.Create(
            request,
            _providers.List(),
            static provider => provider.Name,
            static provider => [provider.Name, provider.Dialect, provider.Address, .. provider.Models]
        );
        return Task.FromResult<ApiResponse>(
            new ListResponse<ProviderDetails>(page, OperationsJson.Default.ProviderDetails)
        );
    }

    private Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<ApiResponse>(
            new JsonResponse<ProviderDetails>(
                _providers.Find(request.GetPathValue("name")),
                OperationsJson.Default.ProviderDetails
            )
        );

    private async Task<ApiResponse> SetKeyAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var provider = _providers.Find(request.GetPathValue("name"));
        var body = await request.ReadBodyAsync(ContractJson.Default.ProviderKeyBody, cancellationToken);
        var changes = await OpenChangesAsync(request, cancellationToken);
        try
        {
            var stored = await changes.SetAsync(provider.Name, body.Key, cancellationToken);
            // The next request to this process may already test it.
            await process.CatchUpAsync(cancellationToken);
            return new JsonResponse<ProviderKeyResponse>(
                ProviderKeyResponse.Create(stored),
                ContractJson.Default.ProviderKeyResponse
            );
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(
                ProblemCode.Unavailable,
                $"The key was not stored, because the master key cannot be read: {exception.Message}"
            );
        }
    }

    private async Task<ApiResponse> DeleteKeyAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        // Also of a provider that the configuration no longer names.
        var changes = await OpenChangesAsync(request, cancellationToken);
        await changes.RemoveAsync(request.GetPathValue("name"), cancellationToken);
        await process.CatchUpAsync(cancellationToken);
        return EmptyResponse.Done;
    }

    private async Task<ApiResponse> TestAsync(ApiRequest request, CancellationToken cancellationToken) =>
        new JsonResponse<ProviderTestResult>(
            await _providers.TestAsync(request.GetPathValue("name"), request.Actor, cancellationToken),
            OperationsJson.Default.ProviderTestResult
        );

    private Task<ApiResponse> ListDeploymentsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        // In their order, which is that of the model list.
        var numbered = _providers.ListDeployments().Select(static (deployment, index) => (deployment, index));
        var page = MemoryPages.Create(
            request,
            numbered,
            static entry => entry.index.ToString("D6", CultureInfo.InvariantCulture),
            static entry => [entry.deployment.Name, entry.deployment.Group, entry.deployment.Address]
        );
        return Task.FromResult<ApiResponse>(
            new ListResponse<DeploymentDetails>(
                new ListPage<DeploymentDetails>(
                    [.. page.Items.Select(static entry => entry.deployment)],
                    page.Next,
                    page.Previous
                ),
                OperationsJson.Default.DeploymentDetails
            )
        );
    }

    private async Task<ProviderKeyChanges> OpenChangesAsync(ApiRequest request, CancellationToken cancellationToken) =>
        new(workspace, (await access.GetAsync(cancellationToken)).ProviderKeys, request.Actor);
}
