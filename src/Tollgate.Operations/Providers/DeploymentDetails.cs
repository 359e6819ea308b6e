namespace Tollgate.Operations.Providers;

/// <summary>A deployment with its recent health in this process. It contains no key.</summary>
public sealed record DeploymentDetails
{
    /// <summary>The name, as in records, such as <c>openai/gpt-4o</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The provider, as in records.</summary>
    public required string Provider { get; init; }

    /// <summary>The name that callers use for the model; null if the deployment serves any model.</summary>
    public required string? Group { get; init; }

    /// <summary>The model that is requested; null for the caller's name.</summary>
    public required string? Model { get; init; }

    /// <summary>The base address, without credentials.</summary>
    public required string Address { get; init; }

    /// <summary>The share of calls relative to the others of its group.</summary>
    public required int Weight { get; init; }

    /// <summary>Where its key is from.</summary>
    public required ProviderKeySource Source { get; init; }

    /// <summary>The variable that holds its key; null if none does.</summary>
    public required string? Variable { get; init; }

    /// <summary>Its recent health.</summary>
    public required DeploymentHealth Health { get; init; }

    /// <summary>The failures since it last succeeded.</summary>
    public required int ConsecutiveFailures { get; init; }

    /// <summary>When its cool-down ends; null if it is not cooling down.</summary>
    public required DateTimeOffset? CoolingUntil { get; init; }
}
