using Tollgate.Configuration.Settings;
using Tollgate.Gateway.Probing;
using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Routing;
using Tollgate.Identity.Providers;
using Tollgate.Operations.Providers;

namespace Tollgate.Hosting.Providers;

/// <summary>
/// Describes the providers and deployments for the use cases: of a gateway that runs, or of one that a command only
/// imagines.
/// </summary>
/// <param name="settings">The configuration.</param>
/// <param name="keys">Returns the stored keys by provider.</param>
/// <param name="deployments">Returns the deployments with their health.</param>
/// <param name="probe">Sends test requests.</param>
internal sealed class ProviderOverview(
    GatewaySettings settings,
    Func<IReadOnlyDictionary<string, OpenedProviderKey>> keys,
    Func<IReadOnlyList<DeploymentStatus>> deployments,
    ProviderProbe probe
)
{
    /// <summary>Returns it as the use cases need it.</summary>
    public ProviderSource ToSource() =>
        new()
        {
            ListProviders = ListProviders,
            ListDeployments = () => [.. deployments().Select(Describe)],
            TestAsync = TestAsync,
            DefaultProvider = settings.DefaultProvider,
        };

    private List<ProviderDetails> ListProviders()
    {
        var (stored, all) = (keys(), deployments());
        return [.. ListConfigured(stored, all).Select(provider => Describe(provider, stored, all))];
    }

    /// <summary>The configuration's providers; without one, those that the deployments name.</summary>
    private IReadOnlyList<ConfiguredProvider> ListConfigured(
        IReadOnlyDictionary<string, OpenedProviderKey> stored,
        IReadOnlyList<DeploymentStatus> all
    ) =>
        settings.Routes is { } routes
            ? routes.ListProviders(GetSecrets(stored))
            :
            [
                .. all.Where(static status => status.Group is null)
                    .Select(static status => status.Deployment)
                    .OrderBy(static deployment => deployment.Name, StringComparer.Ordinal)
                    .Select(static deployment => new ConfiguredProvider(deployment.Name, deployment, null)
                    {
                        Dialect = deployment.Dialect,
                        Address = deployment.BaseAddress,
                        KeyVariables = [],
                    }),
            ];

    private static ProviderDetails Describe(
        ConfiguredProvider provider,
        IReadOnlyDictionary<string, OpenedProviderKey> stored,
        IReadOnlyList<DeploymentStatus> all
    )
    {
        var own = all.Where(status => BelongsTo(status.Deployment, provider.Id)).ToList();
        var used = provider.Template ?? own.FirstOrDefault()?.Deployment;
        return new ProviderDetails
        {
            Name = provider.Id,
            Dialect = provider.Dialect.ToString().ToLowerInvariant(),
            Address = (used?.BaseAddress ?? provider.Address) is { } address ? FormatAddress(address) : null,
            Configured = used is not null,
            Reason = used is null ? provider.Reason : null,
            Source = used is null ? ProviderKeySource.None : Convert(used.KeySource),
            Variable = used?.KeyVariable ?? (used?.ApiKey is null ? provider.KeyVariables.FirstOrDefault() : null),
            Key = used?.ApiKey is { } key ? KeyHint.Create(key) : null,
            StoredKey = stored.TryGetValue(provider.Id, out var opened)
                ? new StoredKeyDetails(opened.Stored?.Hint, opened.Stored?.CreatedAt, opened.Problem)
                : null,
            Models = [.. own.Select(static status => status.Group).OfType<string>().Distinct()],
            Health = GetHealth(own),
        };
    }

    private static DeploymentDetails Describe(DeploymentStatus status) =>
        new()
        {
            Name = status.Deployment.Name,
            Provider = status.Deployment.Provider,
            Group = status.Group,
            Model = status.Deployment.Model,
            Address = FormatAddress(status.Deployment.BaseAddress),
            Weight = status.Deployment.Weight,
            Source = Convert(status.Deployment.KeySource),
            Variable = status.Deployment.KeyVariable,
            Health = status.CoolingUntil is null ? DeploymentHealth.Healthy : DeploymentHealth.CoolingDown,
            ConsecutiveFailures = status.ConsecutiveFailures,
            CoolingUntil = status.CoolingUntil,
        };

    private async Task<ProviderTestResult?> TestAsync(string name, CancellationToken cancellationToken)
    {
        var (stored, all) = (keys(), deployments());
        var deployment =
            ListConfigured(stored, all).FirstOrDefault(provider => provider.Id == name)?.Template
            ?? all.Select(static status => status.Deployment).FirstOrDefault(each => BelongsTo(each, name));
        if (deployment is null)
            return null;
        var result = await probe.SendAsync(deployment, cancellationToken);
        return new ProviderTestResult(
            name,
            Convert(result.Outcome),
            result.Status,
            decimal.Round((decimal)result.Duration.TotalSeconds, 3),
            Convert(deployment.KeySource)
        );
    }

    private static Dictionary<string, string> GetSecrets(IReadOnlyDictionary<string, OpenedProviderKey> stored) =>
        stored
            .Where(static pair => pair.Value.Secret is not null)
            .ToDictionary(static pair => pair.Key, static pair => pair.Value.Secret!, StringComparer.Ordinal);

    private static bool BelongsTo(Deployment deployment, string provider) =>
        deployment.Name == provider
        || (deployment.Name.StartsWith(provider, StringComparison.Ordinal) && deployment.Name[provider.Length] == '/');

    private static DeploymentHealth? GetHealth(List<DeploymentStatus> own) =>
        (own.Count, own.Count(static status => status.CoolingUntil is not null)) switch
        {
            (0, _) => null,
            (_, 0) => DeploymentHealth.Healthy,
            var (all, cooling) => all == cooling ? DeploymentHealth.CoolingDown : DeploymentHealth.Degraded,
        };

    /// <summary>Without user info and query: either may contain a credential.</summary>
    private static string FormatAddress(Uri address) =>
        address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private static ProviderKeySource Convert(KeySource source) =>
        source switch
        {
            KeySource.Configuration => ProviderKeySource.Configuration,
            KeySource.Registry => ProviderKeySource.Registry,
            KeySource.Environment => ProviderKeySource.Environment,
            _ => ProviderKeySource.None,
        };

    private static ProviderTestOutcome Convert(ProbeOutcome outcome) =>
        outcome switch
        {
            ProbeOutcome.Ok => ProviderTestOutcome.Ok,
            ProbeOutcome.Refused => ProviderTestOutcome.Refused,
            ProbeOutcome.Unreachable => ProviderTestOutcome.Unreachable,
            ProbeOutcome.AddressRefused => ProviderTestOutcome.AddressRefused,
            _ => ProviderTestOutcome.Failed,
        };
}
