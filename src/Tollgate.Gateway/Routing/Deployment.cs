using Tollgate.Gateway.Providers;

namespace Tollgate.Gateway.Routing;

/// <summary>One place that serves a model: a provider, an address, a credential.</summary>
public sealed record Deployment
{
    /// <summary>The name in records and logs, such as <c>openai/gpt-4o</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The provider's id, which determines its prices.</summary>
    public required string Provider { get; init; }

    /// <summary>The dialect that it speaks.</summary>
    public required WireDialect Dialect { get; init; }

    /// <summary>The model to request; null to pass on the caller's name.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// The model whose price applies if the name at the provider does not identify it (Azure); null if it does.
    /// </summary>
    public string? PricedAs { get; init; }

    /// <summary>The base address; see <see cref="Providers.Provider.BaseAddress"/>.</summary>
    public required Uri BaseAddress
    {
        get;
        init => (field, Authority) = (value, value.Authority);
    }

    /// <summary>Host and port of the address, created once for all calls.</summary>
    internal string Authority { get; private init; } = "";

    /// <summary>The provider's key; null if it needs none. Never logged.</summary>
    public string? ApiKey
    {
        get;
        init => (field, BearerCredential) = (value, "Bearer " + value);
    }

    /// <summary>The key in the form of an <c>Authorization</c> header, created once for all calls.</summary>
    internal string BearerCredential { get; private init; } = "";

    /// <summary>Where the key is from.</summary>
    public KeySource KeySource { get; init; }

    /// <summary>The variable that holds the key; null if none does.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>The header for the key.</summary>
    public KeyPlacement KeyPlacement { get; init; }

    /// <summary>True if <c>stream_options.include_usage</c> may be added.</summary>
    public bool AcceptsStreamOptions { get; init; } = true;

    /// <summary>Azure's <c>api-version</c>, added to the query; null elsewhere.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>
    /// Headers added to each request, replacing the caller's; the names must be compared case-insensitively.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The share of calls relative to its siblings in the group.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>True if to speak HTTP/2 without TLS (h2c) to the address.</summary>
    public bool Http2Cleartext { get; init; }

    /// <summary>The name, without the credential.</summary>
    public override string ToString() => Name;
}
