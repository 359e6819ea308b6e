using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;

namespace Tollgate.Api.Endpoints.Documentation;

/// <summary>The API's own description.</summary>
/// <param name="document">The description in OpenAPI.</param>
internal sealed class DocumentationEndpoints(Lazy<string> document)
{
    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All => [new(DocumentationRoutes.OpenApi, GetAsync)];

    private Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<ApiResponse>(new TextResponse(document.Value, "application/json"));
}
