using System.Collections.Frozen;
using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Requests;

namespace Tollgate.Gateway.Routing;

/// <summary>
/// The deployments of each model and of each provider, as configured at one time. Immutable apart from the deployments'
/// recent failures and keys.
/// </summary>
internal sealed class RouteSet
{
    private readonly FrozenDictionary<string, RoutedGroup> _groups;
    private readonly FrozenDictionary<string, DeploymentState> _providers;
    private readonly FrozenSet<string> _models;

    /// <param name="options">The options.</param>
    /// <param name="former">The routes before, whose deployments keep their health; null if there are none.</param>
    public RouteSet(RoutingOptions options, RouteSet? former)
    {
        Options = options;
        var known = new FormerStates(former);
        var states = options.Groups.ToDictionary(
            group => group.Name,
            // A deployment of weight 0 is never chosen; a plan that contained it would wait for it in vain.
            group =>
                group
                    .Deployments.Where(deployment => deployment.Weight > 0)
                    .Select(deployment => known.FindOrCreate(group.Name, deployment))
                    .ToArray(),
            StringComparer.Ordinal
        );
        _groups = options.Groups.ToFrozenDictionary(
            group => group.Name,
            group => new RoutedGroup(group, states),
            StringComparer.Ordinal
        );
        _models = options
            .Groups.SelectMany(group =>
                group.Deployments.Select(deployment => deployment.Model).OfType<string>().Append(group.Name)
            )
            .ToFrozenSet(StringComparer.Ordinal);
        _providers = options.Providers.ToFrozenDictionary(
            pair => pair.Key,
            pair => known.FindOrCreate(null, pair.Value),
            StringComparer.Ordinal
        );
        States =
        [
            .. options.Groups.SelectMany(group => states[group.Name].Select(state => ((string?)group.Name, state))),
            .. _providers.Values.Select(static state => ((string?)null, state)),
        ];
    }

    public RoutingOptions Options { get; }

    /// <summary>All deployments, with the group that they belong to; null for those of any model.</summary>
    public IReadOnlyList<(string? Group, DeploymentState State)> States { get; }

    /// <summary>True if the model list contains a model, as a group or at a deployment.</summary>
    public bool ContainsModel(string model) => _models.Contains(model);

    /// <summary>The names that callers of a dialect may use, if there is a model list.</summary>
    public IReadOnlyList<string> ModelsFor(WireDialect dialect) =>
        [
            .. _groups
                .Values.Where(group => group.Supports(dialect))
                .Select(group => group.Group.Name)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Finds the plan for a model, or returns why there is none.</summary>
    /// <param name="table">The source of random numbers for the plan.</param>
    /// <param name="dialect">The caller's dialect.</param>
    /// <param name="defaultProvider">The provider of a name without a prefix.</param>
    /// <param name="model">The model that the caller named.</param>
    public RouteResult Resolve(RouteTable table, WireDialect dialect, string defaultProvider, string model)
    {
        if (_groups.TryGetValue(model, out var group))
        {
            return group.Supports(dialect)
                ? new RouteResult(new RoutePlan(table, group.GetPlan(dialect)), group.Group.Name, model, null)
                : RouteResult.Failed($"The model '{model}' is not served in the {dialect} dialect.");
        }

        // A model list excludes all other names, unless it also names providers that serve any model.
        if (_groups.Count > 0 && _providers.Count == 0)
            return RouteResult.Failed(
                $"The model '{model}' is not in the model list. Available: {ListSomeModels(dialect)}."
            );

        var (provider, name) = SplitProvider(defaultProvider, model);
        // Azure's model is part of the path, where two dots would lead out of its folder.
        if (string.IsNullOrWhiteSpace(name) || ModelName.IsDotSegment(name))
            return RouteResult.Failed($"'{model}' is not a valid model name for {provider}.");
        if (!_providers.TryGetValue(provider, out var state) || state.Deployment.Dialect != dialect)
            return RouteResult.Failed(DescribeMissingProvider(provider, model));
        return new RouteResult(new RoutePlan(table, state.SinglePlan), null, name, null);
    }

    /// <summary>Reads <c>groq/llama-3</c> as provider and model if the prefix is a configured provider.</summary>
    private (string Provider, string Model) SplitProvider(string defaultProvider, string model)
    {
        var slash = model.IndexOf('/');
        if (slash <= 0)
            return (defaultProvider, model);
        var prefix = model[..slash];
        return _providers.ContainsKey(prefix) ? (prefix, model[(slash + 1)..]) : (defaultProvider, model);
    }

    private static string DescribeMissingProvider(string provider, string model) =>
        KnownProviders.ById.TryGetValue(provider, out var known) && known.KeyVariables.Count > 0
            ? $"The model '{model}' is routed to {provider}, which is not configured. Set {known.KeyVariables[0]}, or "
                + $"list the model in tollgate.yaml."
            : $"The model '{model}' is routed to {provider}, which is not configured. List it in tollgate.yaml.";

    private string ListSomeModels(WireDialect dialect)
    {
        var models = ModelsFor(dialect);
        return models.Count == 0
            ? "nothing in this dialect"
            : string.Join(", ", models.Take(10)) + (models.Count > 10 ? ", …" : "");
    }

    private sealed class RoutedGroup
    {
        private readonly Dictionary<WireDialect, DeploymentState[][]> _plans = [];

        public RoutedGroup(ModelGroup group, Dictionary<string, DeploymentState[]> states)
        {
            Group = group;
            foreach (var dialect in Enum.GetValues<WireDialect>())
            {
                _plans[dialect] =
                [
                    .. new[] { group.Name }
                        .Concat(group.Fallbacks)
                        .Where(states.ContainsKey)
                        .Select(name => states[name].Where(state => state.Deployment.Dialect == dialect).ToArray())
                        .Where(deployments => deployments.Length > 0),
                ];
            }
        }

        public ModelGroup Group { get; }

        public bool Supports(WireDialect dialect) => _plans[dialect].Length > 0;

        public DeploymentState[][] GetPlan(WireDialect dialect) => _plans[dialect];
    }
}
