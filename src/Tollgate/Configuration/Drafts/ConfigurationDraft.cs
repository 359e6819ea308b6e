using Tollgate.Configuration.Settings;
using Tollgate.Gateway;
using Tollgate.Gateway.Routing;
using Tollgate.Metering.Limits;

namespace Tollgate.Configuration.Drafts;

/// <summary>The settings read so far. A new instance holds every default.</summary>
internal sealed class ConfigurationDraft
{
    public GatewaySettings Settings { get; set; } = new() { DataFolder = "" };

    public string? DataFolder { get; set; }

    /// <summary>The identity provider.</summary>
    public OpenIdDraft OpenId { get; } = new();

    public GatewayOptions Gateway { get; set; } = new();

    public RoutingOptions Routing { get; set; } = new();

    public Dictionary<string, ProviderDraft> Providers { get; } = new(StringComparer.Ordinal);

    public List<ModelDraft> Models { get; } = [];

    /// <summary>Providers whose models may all be requested, in addition to the list of models.</summary>
    public List<DeploymentDraft> Wildcards { get; } = [];

    /// <summary>Limits in Tollgate's own format.</summary>
    public List<Limit> Limits { get; } = [];

    /// <summary>A <c>limits.yaml</c>; null if there is none.</summary>
    public string? LimitsFile { get; set; }

    public List<RateLimitRule> RateLimits { get; } = [];

    public BudgetRule? Budget { get; set; }
}
