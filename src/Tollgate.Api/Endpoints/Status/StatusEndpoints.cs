using Tollgate.Api.Endpoints.Paging;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Operations.Json;
using Tollgate.Operations.Status;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Status;

/// <summary>The process that responds, and its settings.</summary>
internal sealed class StatusEndpoints(Workspace workspace, ProcessSource process)
{
    private readonly StatusOperations _status = new(workspace, process);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [new(StatusRoutes.Status, ReadAsync), new(StatusRoutes.Settings, ListSettingsAsync)];

    private async Task<ApiResponse> ReadAsync(ApiRequest request, CancellationToken cancellationToken) =>
        new JsonResponse<StatusDetails>(
            await _status.ReadAsync(cancellationToken),
            OperationsJson.Default.StatusDetails
        );

    private Task<ApiResponse> ListSettingsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var page = MemoryPages.Create(
            request,
            _status.ListSettings(),
            static setting => setting.Name,
            static setting => [setting.Name, setting.Variable]
        );
        return Task.FromResult<ApiResponse>(
            new ListResponse<SettingDetails>(page, OperationsJson.Default.SettingDetails)
        );
    }
}
