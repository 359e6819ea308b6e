using Tollgate.Configuration.Declaration;
using Tollgate.Gateway.Providers;

namespace Tollgate.Configuration.Drafts;

/// <summary>
/// How to reach a provider, as far as a file says. Not configured as long as a variable that it names is not set.
/// </summary>
internal class EndpointDraft : Optional
{
    public Uri? BaseUrl { get; set; }

    public string? ApiKey { get; set; }

    /// <summary>The variable that the key was to come from, whether it is set or not.</summary>
    public string? KeyVariable { get; set; }

    public string? ApiVersion { get; set; }

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool? Http2 { get; set; }
}

/// <summary>A provider of the user's own, or more about a known one.</summary>
internal sealed class ProviderDraft : EndpointDraft
{
    public string? Kind { get; set; }

    public WireDialect? Dialect { get; set; }

    public KeyPlacement? KeyPlacement { get; set; }

    public bool? StreamOptions { get; set; }

    public Located Place { get; set; }
}

/// <summary>One place where a model can be had.</summary>
internal sealed class DeploymentDraft : EndpointDraft
{
    public string? Provider { get; set; }

    public string? Model { get; set; }

    public string? PricedAs { get; set; }

    public long Weight { get; set; } = 1;

    public Located Place { get; set; }
}

/// <summary>A name that callers use.</summary>
internal sealed class ModelDraft
{
    public string? Name { get; set; }

    public List<DeploymentDraft> Deployments { get; init; } = [];

    public IReadOnlyList<string> Fallbacks { get; set; } = [];

    public Located Place { get; set; }
}
