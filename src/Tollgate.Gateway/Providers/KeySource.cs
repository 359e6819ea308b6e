namespace Tollgate.Gateway.Providers;

/// <summary>Where the key of a deployment is from.</summary>
public enum KeySource
{
    /// <summary>It has no key.</summary>
    None,

    /// <summary>The configuration, which states it for the deployment or its provider.</summary>
    Configuration,

    /// <summary>The registry, which stores it for the provider.</summary>
    Registry,

    /// <summary>The provider's own variable in the environment.</summary>
    Environment,
}
