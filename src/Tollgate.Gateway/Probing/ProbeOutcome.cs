namespace Tollgate.Gateway.Probing;

/// <summary>The outcome of a test request to a provider.</summary>
public enum ProbeOutcome
{
    /// <summary>The provider accepted the request.</summary>
    Ok,

    /// <summary>The provider rejected the key (401 or 403).</summary>
    Refused,

    /// <summary>The provider responded with another status, so the key was not tested.</summary>
    Failed,

    /// <summary>No response arrived in time.</summary>
    Unreachable,

    /// <summary>
    /// The provider's name leads to an address of the machine's own network segment, such as a cloud's metadata
    /// service; nothing was sent.
    /// </summary>
    AddressRefused,
}
