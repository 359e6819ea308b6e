using Tollgate.Gateway.Routing;

namespace Tollgate.Configuration.Settings;

/// <summary>
/// Assembles the routes of a configuration again, with other stored keys by provider id. It reads no file.
/// </summary>
/// <param name="Build">Returns the routes.</param>
/// <param name="ListProviders">Returns the providers that are known or declared, by id.</param>
internal sealed record RouteSource(
    Func<IReadOnlyDictionary<string, string>, RoutingOptions> Build,
    Func<IReadOnlyDictionary<string, string>, IReadOnlyList<ConfiguredProvider>> ListProviders
);
