namespace Tollgate.Operations.Providers;

/// <summary>The providers of a gateway, as its process has them. The program supplies it.</summary>
public sealed record ProviderSource
{
    /// <summary>Lists the providers that are known or declared, by name.</summary>
    public required Func<IReadOnlyList<ProviderDetails>> ListProviders { get; init; }

    /// <summary>Lists the deployments, those of the model list first.</summary>
    public required Func<IReadOnlyList<DeploymentDetails>> ListDeployments { get; init; }

    /// <summary>Sends a test request to a provider; returns null if it is not configured.</summary>
    public required Func<string, CancellationToken, Task<ProviderTestResult?>> TestAsync { get; init; }

    /// <summary>The provider that is shown as the default; null for the first configured one.</summary>
    public string? DefaultProvider { get; init; }
}
