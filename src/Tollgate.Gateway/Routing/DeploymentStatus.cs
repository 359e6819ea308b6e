namespace Tollgate.Gateway.Routing;

/// <summary>A deployment and its recent health in this process.</summary>
/// <param name="Deployment">The deployment with its current key.</param>
/// <param name="Group">The name of the model that callers use; null if it serves any model of its provider.</param>
/// <param name="ConsecutiveFailures">The failures since it last succeeded.</param>
/// <param name="CoolingUntil">When its cool-down ends; null if it is not cooling down.</param>
public sealed record DeploymentStatus(
    Deployment Deployment,
    string? Group,
    int ConsecutiveFailures,
    DateTimeOffset? CoolingUntil
);
