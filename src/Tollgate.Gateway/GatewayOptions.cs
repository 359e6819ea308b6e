using Tollgate.Accounting.Registry;
using Tollgate.Gateway.Routing;

namespace Tollgate.Gateway;

/// <summary>The options of the gateway.</summary>
public sealed record GatewayOptions
{
    /// <summary>The routing of calls to deployments.</summary>
    public RoutingOptions Routing { get; init; } = new();

    /// <summary>The maximum number of bytes that all request bodies together may occupy.</summary>
    public long RequestMemoryBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>The largest request body, in bytes.</summary>
    public long MaxRequestBodyBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>The values that every call must carry, and those that must be registered.</summary>
    public RegistryRequirements RegistryRequirements { get; init; }

    /// <summary>True if each call is written to the log.</summary>
    public bool LogCalls { get; init; }
}
