using Tollgate.Api.Composition;
using Tollgate.Gateway.Routing;

namespace Tollgate.Hosting;

/// <summary>Describes the gateway's routes to the API, which does not know the gateway.</summary>
internal static class ServedModelList
{
    /// <summary>Returns the models that callers can name.</summary>
    public static ServedModels Create(RoutingOptions routing) =>
        new()
        {
            Groups =
            [
                .. routing.Groups.Select(static group => new ServedModel(
                    group.Name,
                    [.. group.Deployments.Select(deployment => Create(group, deployment))]
                )),
            ],
            Providers = [.. routing.Providers.Keys.Order(StringComparer.Ordinal)],
        };

    private static ServedDeployment Create(ModelGroup group, Deployment deployment) =>
        new(deployment.Name, deployment.Provider, deployment.Model ?? group.Name) { PricedAs = deployment.PricedAs };
}
