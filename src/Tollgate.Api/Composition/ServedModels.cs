namespace Tollgate.Api.Composition;

/// <summary>The models that callers can name, as the gateway beside the API serves them.</summary>
public sealed record ServedModels
{
    /// <summary>The model groups by their names; empty if callers name the models of the providers.</summary>
    public IReadOnlyList<ServedModel> Groups { get; init; } = [];

    /// <summary>The ids of the providers whose models callers name if there are no groups.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];
}

/// <summary>A name that callers use.</summary>
/// <param name="Name">The name.</param>
/// <param name="Deployments">The deployments that serve it, at least one.</param>
public sealed record ServedModel(string Name, IReadOnlyList<ServedDeployment> Deployments);

/// <summary>A deployment of a model.</summary>
/// <param name="Id">The name of the deployment in records, such as <c>openai/gpt-4o</c>.</param>
/// <param name="Provider">The id of the provider, which determines the price.</param>
/// <param name="Model">The model at the provider.</param>
public sealed record ServedDeployment(string Id, string Provider, string Model)
{
    /// <summary>The model whose price applies if the name at the provider does not identify it, or null.</summary>
    public string? PricedAs { get; init; }
}
