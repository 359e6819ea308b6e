namespace Tollgate.Operations.Providers;

/// <summary>Where the key of a provider is from.</summary>
public enum ProviderKeySource
{
    /// <summary>There is no key.</summary>
    None,

    /// <summary>The configuration, which states it for a deployment or its provider.</summary>
    Configuration,

    /// <summary>The registry, which stores it for the provider.</summary>
    Registry,

    /// <summary>The provider's own variable in the environment.</summary>
    Environment,
}
