using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Routing;
using Tollgate.Metering;
using Tollgate.Operations.Problems;

namespace Tollgate.Configuration.Routes;

/// <summary>
/// Builds routes from a file and the environment. Deployments that lack a variable are skipped, with a warning.
/// </summary>
internal sealed class RouteAssembly(
    ConfigurationDraft draft,
    Endpoints endpoints,
    ModelAttribution models,
    ProblemList problems
)
{
    public RoutingOptions Build()
    {
        // A list of models excludes all others, even if none of them is configured.
        if (draft.Models.Count == 0 && draft.Wildcards.Count == 0)
            return draft.Routing with { Providers = AllProviders() };
        var groups = draft.Models.Select(Group).OfType<ModelGroup>().ToList();
        CheckFallbacks(groups);
        return draft.Routing with { Groups = groups, Providers = WildcardProviders() };
    }

    private Dictionary<string, Deployment> AllProviders()
    {
        var deployments = new Dictionary<string, Deployment>(StringComparer.Ordinal);
        foreach (var id in KnownProviders.ById.Keys.Union(draft.Providers.Keys).Order(StringComparer.Ordinal))
        {
            var endpoint = endpoints.Find(id, new EndpointDraft());
            if (endpoint.Template is { } template)
                deployments[id] = template;
            else if (draft.Providers.TryGetValue(id, out var section))
                Report(section.Place, $"The provider '{id}'", endpoint);
            else if (endpoint.Error is { } error)
                problems.Error("environment", "", error);
        }

        if (!deployments.Values.Any(static deployment => deployment.ApiKey is not null) && draft.Providers.Count == 0)
            problems.Warn(
                "environment",
                "",
                "No provider key is set. Set OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY or another one, in the "
                    + "environment or in .env, or store one with 'tollgate providers add'."
            );
        return deployments;
    }

    private Dictionary<string, Deployment> WildcardProviders()
    {
        var deployments = new Dictionary<string, Deployment>(StringComparer.Ordinal);
        foreach (var wildcard in draft.Wildcards)
        {
            foreach (var id in wildcard.Provider is { } named ? [named] : KnownProviders.ById.Keys.AsEnumerable())
            {
                var endpoint = endpoints.Find(id, wildcard);
                if (endpoint.Template is { } template)
                    deployments[id] = template;
                else if (wildcard.Provider is not null)
                    Report(wildcard.Place, $"The provider '{id}'", endpoint);
            }
        }

        return deployments;
    }

    private ModelGroup? Group(ModelDraft model)
    {
        if (model.Name is not { } name)
        {
            model.Place.Error("This model has no name. Set 'name', the name that clients use.");
            return null;
        }

        if (model.Deployments.Count == 0)
            model.Place.Error(
                $"The model '{name}' has no deployments. List them, such as: deployments: [openai/{name}]."
            );
        else if (model.Deployments.TrueForAll(static draft => draft.Weight == 0))
            model.Place.Error(
                $"Every deployment of the model '{name}' has weight 0, so no call could be routed. Give one a larger "
                    + $"weight, rpm or tpm, or take the model out of the list."
            );
        var deployments = model
            .Deployments.Where(static draft => draft.Weight > 0)
            .Select(draft => Deployment(name, draft))
            .OfType<Deployment>()
            .ToList();
        if (deployments.Count > 0)
            return new ModelGroup(name, deployments, model.Fallbacks);
        if (!problems.HasErrors)
            model.Place.Warn($"The model '{name}' is not served: none of its deployments is configured.");
        return null;
    }

    private Deployment? Deployment(string name, DeploymentDraft draft)
    {
        if (draft.IsBroken)
            return null;
        var attributed = draft.Provider is { } id
            ? new AttributedModel(id, draft.Model ?? name)
            : models.Attribute(draft.Model ?? name, draft.KeyVariable, draft.BaseUrl);
        if (draft.Unset.Count > 0 && !endpoints.IsCompletedByStoredKey(attributed.Provider, draft))
        {
            draft.Place.Warn(
                $"A deployment of '{name}' is not configured: "
                    + $"{string.Join(" and ", draft.Unset.Distinct())} is not set."
            );
            return null;
        }

        if (attributed.Error is { } error)
        {
            draft.Place.Error(error);
            return null;
        }

        var endpoint = endpoints.Find(attributed.Provider, draft);
        if (endpoint.Template is { } template)
        {
            return template with
            {
                Name = $"{attributed.Provider}/{attributed.Model}",
                Model = attributed.Model,
                PricedAs = draft.PricedAs,
                Weight = (int)draft.Weight,
            };
        }

        Report(draft.Place, $"The deployment {attributed.Provider}/{attributed.Model}", endpoint);
        return null;
    }

    private static void Report(LocatedValue place, string what, Endpoint endpoint)
    {
        if (endpoint.Error is { } error)
            place.Error(error);
        else if (endpoint.Unconfigured is { } missing)
            place.Warn($"{what} is not configured: {missing}.");
    }

    private void CheckFallbacks(List<ModelGroup> groups)
    {
        var names = draft.Models.Select(static model => model.Name).OfType<string>().ToList();
        foreach (
            var twice in draft
                .Models.GroupBy(static model => model.Name)
                .Where(static group => group.Key is not null && group.Count() > 1)
        )
            twice
                .Last()
                .Place.Error($"The model '{twice.Key}' is listed twice. Put all its deployments under one entry.");
        foreach (var model in draft.Models)
        {
            foreach (var fallback in model.Fallbacks)
            {
                if (fallback == model.Name)
                    model.Place.Error($"The model '{fallback}' falls back to itself.");
                else if (!names.Contains(fallback))
                    model.Place.Error(
                        $"The fallback '{fallback}' is not in the list of models.{Suggest(fallback, names)}"
                    );
                else
                    CheckDialects(model, groups, fallback);
            }
        }
    }

    private static void CheckDialects(ModelDraft model, List<ModelGroup> groups, string fallback)
    {
        if (
            groups.Find(group => group.Name == model.Name) is not { } from
            || groups.Find(group => group.Name == fallback) is not { } to
        )
            return;
        if (!from.Deployments.Any(deployment => to.Deployments.Any(other => other.Dialect == deployment.Dialect)))
            model.Place.Warn(
                $"The fallback '{fallback}' uses a different dialect than '{model.Name}', so no call to "
                    + $"'{model.Name}' can fall back to it."
            );
    }

    private static string Suggest(string name, List<string> names) =>
        NameSuggestion.FindNearest(name, names) is { } near ? $" Did you mean '{near}'?" : "";
}
