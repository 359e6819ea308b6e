using Tollgate.Api.Authorization;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;

namespace Tollgate.Api.Routing;

/// <summary>A route with its implementation.</summary>
/// <param name="Route">Its row in the table of routes.</param>
/// <param name="Handler">The implementation, which runs with the sender's rights checked.</param>
internal sealed record ApiEndpoint(ApiRoute Route, ApiHandler Handler);

/// <summary>The implementation of a route.</summary>
/// <param name="request">The request.</param>
/// <param name="cancellationToken">Canceled when the sender is gone.</param>
internal delegate Task<ApiResponse> ApiHandler(ApiRequest request, CancellationToken cancellationToken);
