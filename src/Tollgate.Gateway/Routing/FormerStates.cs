namespace Tollgate.Gateway.Routing;

/// <summary>
/// The states of deployments before the routes changed. A deployment that is still there keeps its recent failures.
/// </summary>
internal sealed class FormerStates
{
    private readonly Dictionary<(string? Group, string Name, Uri Address), Queue<DeploymentState>> _states = [];

    public FormerStates(RouteSet? former)
    {
        foreach (var (group, state) in former?.States ?? [])
        {
            var place = (group, state.Deployment.Name, state.Deployment.BaseAddress);
            if (!_states.TryGetValue(place, out var same))
                _states[place] = same = [];
            same.Enqueue(state);
        }
    }

    /// <summary>Returns the former state of a deployment, with its new key, or a new state.</summary>
    public DeploymentState FindOrCreate(string? group, Deployment deployment)
    {
        if (
            !_states.TryGetValue((group, deployment.Name, deployment.BaseAddress), out var same)
            || !same.TryDequeue(out var state)
        )
            return new DeploymentState(deployment);
        state.Use(deployment);
        return state;
    }
}
