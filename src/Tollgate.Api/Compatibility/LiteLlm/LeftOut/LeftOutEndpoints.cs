using Tollgate.Api.Authorization;
using Tollgate.Api.Problems;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;

namespace Tollgate.Api.Compatibility.LiteLlm.LeftOut;

/// <summary>Refuses the routes that are left out.</summary>
internal static class LeftOutEndpoints
{
    /// <summary>The routes with their refusals.</summary>
    public static IReadOnlyList<ApiEndpoint> All { get; } = [.. LeftOutRoutes.All.Select(Create)];

    private static ApiEndpoint Create(ApiRoute route) =>
        new(
            route,
            (_, _) =>
                Task.FromException<ApiResponse>(
                    new ProblemException(
                        ProblemCode.NotImplemented,
                        $"{route} is not implemented by this gateway. {route.Instead}"
                    )
                )
        );
}
