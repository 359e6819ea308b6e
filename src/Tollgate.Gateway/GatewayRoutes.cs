using Tollgate.Gateway.Routing;

namespace Tollgate.Gateway;

/// <summary>The routes of a running gateway: their deployments can be read, and replaced while it serves.</summary>
public sealed class GatewayRoutes
{
    private readonly RouteTable _routes;
    private readonly TimeProvider _clock;

    internal GatewayRoutes(RouteTable routes, TimeProvider clock) => (_routes, _clock) = (routes, clock);

    /// <summary>
    /// Puts other routes in force for the calls that begin from now on. Deployments that are still there keep their
    /// recent failures. Timeouts of connections stay as they were when the gateway started.
    /// </summary>
    public void Use(RoutingOptions routing) => _routes.Use(routing);

    /// <summary>Returns all deployments with their health, those of the model list first.</summary>
    public IReadOnlyList<DeploymentStatus> ReadDeployments()
    {
        var now = _clock.GetUtcNow();
        return
        [
            .. _routes.Routes.States.Select(entry => new DeploymentStatus(
                entry.State.Deployment,
                entry.Group,
                entry.State.ConsecutiveFailures,
                entry.State.IsCoolingDown(now) ? new DateTimeOffset(entry.State.CoolUntil, TimeSpan.Zero) : null
            )),
        ];
    }
}
