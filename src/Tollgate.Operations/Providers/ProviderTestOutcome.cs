namespace Tollgate.Operations.Providers;

/// <summary>The outcome of a test request to a provider.</summary>
public enum ProviderTestOutcome
{
    /// <summary>The provider accepted the key.</summary>
    Ok,

    /// <summary>The provider rejected the key.</summary>
    Refused,

    /// <summary>The provider responded with another error, so the key was not tested.</summary>
    Failed,

    /// <summary>No response arrived within ten seconds.</summary>
    Unreachable,

    /// <summary>The provider's name leads to a link-local or metadata address; nothing was sent.</summary>
    AddressRefused,
}
