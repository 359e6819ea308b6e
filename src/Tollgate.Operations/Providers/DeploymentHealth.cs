namespace Tollgate.Operations.Providers;

/// <summary>The recent health of one or several deployments in this process.</summary>
public enum DeploymentHealth
{
    /// <summary>No deployment cools down.</summary>
    Healthy,

    /// <summary>Some deployments cool down after failures, others do not.</summary>
    Degraded,

    /// <summary>All deployments cool down after failures.</summary>
    CoolingDown,
}
