namespace Tollgate.Configuration.Settings;

/// <summary>How callers and browsers reach the program: encryption, proxies in front of it, and other sites.</summary>
internal sealed record TransportSettings
{
    /// <summary>The certificate: a PEM file with its chain, or a PFX file; null for plain HTTP.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>The private key of a PEM certificate; null if it is in the same file.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The password of the PFX file or of the encrypted private key; null if there is none.</summary>
    public string? CertificatePassword { get; init; }

    /// <summary>
    /// The proxies whose forwarded headers are believed, as addresses or networks. All others could claim any address.
    /// </summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>The path below which a proxy publishes the program, such as <c>/tollgate</c>; empty for none.</summary>
    public string PathBase { get; init; } = "";

    /// <summary>The origins of other sites whose pages may call it; empty for none.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];
}
