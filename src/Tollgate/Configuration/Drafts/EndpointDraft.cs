using Tollgate.Configuration.Declaration;
using Tollgate.Gateway.Providers;

namespace Tollgate.Configuration.Drafts;

/// <summary>
/// A provider's endpoint as described in a file. Not configured while a variable that it refers to is not set.
/// </summary>
internal class EndpointDraft : Optional
{
    public Uri? BaseUrl { get; set; }

    public string? ApiKey { get; set; }

    /// <summary>The variable that the key comes from, set or not.</summary>
    public string? KeyVariable { get; set; }

    public string? ApiVersion { get; set; }

    /// <summary>True if nothing is missing but the variable of the key, so that a stored key completes it.</summary>
    public bool LacksOnlyKey => ApiKey is null && KeyVariable is not null && Unset is [var only] && only == KeyVariable;

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool? Http2 { get; set; }
}

/// <summary>A user-defined provider, or settings for a known one.</summary>
internal sealed class ProviderDraft : EndpointDraft
{
    public string? Kind { get; set; }

    public WireDialect? Dialect { get; set; }

    public KeyPlacement? KeyPlacement { get; set; }

    public bool? StreamOptions { get; set; }

    public LocatedValue Place { get; set; }
}

/// <summary>A deployment of a model.</summary>
internal sealed class DeploymentDraft : EndpointDraft
{
    public string? Provider { get; set; }

    public string? Model { get; set; }

    public string? PricedAs { get; set; }

    public long Weight { get; set; } = 1;

    public LocatedValue Place { get; set; }
}

/// <summary>A model name that clients use.</summary>
internal sealed class ModelDraft
{
    public string? Name { get; set; }

    public List<DeploymentDraft> Deployments { get; init; } = [];

    public IReadOnlyList<string> Fallbacks { get; set; } = [];

    public LocatedValue Place { get; set; }
}
