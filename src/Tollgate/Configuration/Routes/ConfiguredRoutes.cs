using Tollgate.Configuration.Drafts;
using Tollgate.Configuration.Settings;
using Tollgate.Configuration.Variables;
using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Routing;
using Tollgate.Operations.Problems;

namespace Tollgate.Configuration.Routes;

/// <summary>
/// Builds the routes of a configuration, at the start and again when stored keys of providers change.
/// </summary>
internal sealed class ConfiguredRoutes(ConfigurationDraft draft, ModelAttribution models, VariableSet variables)
{
    /// <summary>Builds the routes.</summary>
    /// <param name="storedKeys">The keys that the registry stores, by provider id.</param>
    /// <param name="problems">Receives the problems found.</param>
    public RoutingOptions Build(IReadOnlyDictionary<string, string> storedKeys, ProblemList problems) =>
        new RouteAssembly(draft, OpenEndpoints(storedKeys), models, problems).Build();

    /// <summary>Returns all providers that are known or declared, by id.</summary>
    public IReadOnlyList<ConfiguredProvider> ListProviders(IReadOnlyDictionary<string, string> storedKeys)
    {
        var endpoints = OpenEndpoints(storedKeys);
        return
        [
            .. KnownProviders
                .ById.Keys.Union(draft.Providers.Keys)
                .Order(StringComparer.Ordinal)
                .Select(id => Describe(id, endpoints.Find(id, new EndpointDraft()))),
        ];
    }

    /// <summary>Returns what builds them again; the problems were reported at the start.</summary>
    public RouteSource ToSource() => new(keys => Build(keys, new ProblemList()), ListProviders);

    private Endpoints OpenEndpoints(IReadOnlyDictionary<string, string> storedKeys) =>
        new(draft.Providers, variables, storedKeys);

    private ConfiguredProvider Describe(string id, Endpoint endpoint)
    {
        var section = draft.Providers.GetValueOrDefault(id);
        var known = KnownProviders.ById.GetValueOrDefault(section?.Kind ?? id);
        return new ConfiguredProvider(id, endpoint.Template, endpoint.Unconfigured ?? endpoint.Error)
        {
            IsDeclared = section is not null,
            Dialect = endpoint.Template?.Dialect ?? section?.Dialect ?? known?.Dialect ?? WireDialect.OpenAI,
            Address = endpoint.Template?.BaseAddress ?? section?.BaseUrl ?? known?.BaseAddress,
            KeyVariables = section?.KeyVariable is { } own ? [own] : known?.KeyVariables ?? [],
        };
    }
}
