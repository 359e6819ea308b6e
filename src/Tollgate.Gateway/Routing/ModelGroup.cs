namespace Tollgate.Gateway.Routing;

/// <summary>A name that callers use, and the deployments that serve it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Deployments">At least one.</param>
/// <param name="Fallbacks">Groups to try, in order, if none of the deployments responds.</param>
public sealed record ModelGroup(string Name, IReadOnlyList<Deployment> Deployments, IReadOnlyList<string> Fallbacks);
