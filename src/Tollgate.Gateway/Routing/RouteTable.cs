using Tollgate.Gateway.Providers;

namespace Tollgate.Gateway.Routing;

/// <summary>
/// Maps models to the deployments that serve them. The routes are swapped as a whole when keys of providers change;
/// calls in flight keep theirs.
/// </summary>
internal sealed class RouteTable(RoutingOptions options)
{
    private readonly ulong _seed = options.Seed;
    private RouteSet _routes = new(options, former: null);
    private long _draws;

    /// <summary>The options in force.</summary>
    public RoutingOptions Options => Routes.Options;

    /// <summary>The routes in force.</summary>
    public RouteSet Routes => Volatile.Read(ref _routes);

    /// <summary>Puts other routes in force; deployments that are still there keep their health.</summary>
    public void Use(RoutingOptions changed) => Volatile.Write(ref _routes, new RouteSet(changed, Routes));

    /// <inheritdoc cref="RouteSet.ContainsModel"/>
    public bool ContainsModel(string model) => Routes.ContainsModel(model);

    /// <inheritdoc cref="RouteSet.ModelsFor"/>
    public IReadOnlyList<string> ModelsFor(WireDialect dialect) => Routes.ModelsFor(dialect);

    /// <summary>Finds the plan for a model, or returns why there is none.</summary>
    public RouteResult Resolve(WireDialect dialect, string defaultProvider, string model) =>
        Routes.Resolve(this, dialect, defaultProvider, model);

    /// <summary>A number from 0 to below <paramref name="limit"/>, from the seeded stream.</summary>
    public int NextRandom(int limit)
    {
        // SplitMix64 (Steele, Lea, Flood 2014) over a counter: every thread draws from one stream without a lock.
        var z = _seed + ((ulong)Interlocked.Increment(ref _draws) * 0x9E3779B97F4A7C15UL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return (int)((z ^ (z >> 31)) % (ulong)limit);
    }
}

/// <summary>A plan with its names, or the reason why there is none.</summary>
/// <param name="Plan">The deployments to try.</param>
/// <param name="Group">The group that the caller named; null if there is no model list.</param>
/// <param name="Model">The model to request if the deployment does not fix one.</param>
/// <param name="Reason">Why there is no plan.</param>
internal readonly record struct RouteResult(RoutePlan? Plan, string? Group, string Model, string? Reason)
{
    public static RouteResult Failed(string reason) => new(null, null, "", reason);
}
