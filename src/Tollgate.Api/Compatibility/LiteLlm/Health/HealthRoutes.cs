using Tollgate.Api.Authorization;

namespace Tollgate.Api.Compatibility.LiteLlm.Health;

/// <summary>The rows of LiteLLM's health pages.</summary>
internal static class HealthRoutes
{
    public static readonly ApiRoute Liveliness = CreateLiveness("/health/liveliness");
    public static readonly ApiRoute Liveness = CreateLiveness("/health/liveness");

    public static readonly ApiRoute Readiness = new("GET", "/health/readiness")
    {
        Area = "LiteLLM",
        Summary = "Returns that calls are accepted; 503 if they are not.",
        Access = RouteAccess.Public,
        Response = LiteLlmHealthJson.Default.ReadinessShape,
        HasOpenAIErrors = true,
        IsForCallers = true,
    };

    private static ApiRoute CreateLiveness(string path) =>
        new("GET", path)
        {
            Area = "LiteLLM",
            Summary = "Returns that the process responds.",
            Access = RouteAccess.Public,
            Response = LiteLlmHealthJson.Default.String,
            HasOpenAIErrors = true,
            IsForCallers = true,
        };
}
