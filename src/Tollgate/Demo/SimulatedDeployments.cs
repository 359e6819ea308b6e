using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Routing;

namespace Tollgate.Demo;

/// <summary>The three providers, all simulated by one server.</summary>
internal static class SimulatedDeployments
{
    /// <summary>Returns a deployment for each, by provider id, at the simulated provider's address.</summary>
    public static Dictionary<string, Deployment> Create(Uri provider) =>
        new[] { "openai", "anthropic", "gemini" }.ToDictionary(
            id => id,
            id => new Deployment
            {
                Name = id,
                Provider = id,
                Dialect = KnownProviders.ById[id].Dialect,
                BaseAddress = id == "openai" ? new Uri(provider, "/v1") : provider,
                ApiKey = "simulated",
                KeyPlacement = KnownProviders.ById[id].KeyPlacement,
            }
        );
}
