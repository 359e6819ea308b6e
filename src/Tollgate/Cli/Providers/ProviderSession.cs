using System.CommandLine;
using Tollgate.Accounting.Registry;
using Tollgate.Api.Endpoints.Providers;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Configuration;
using Tollgate.Configuration.Locations;
using Tollgate.Configuration.Settings;
using Tollgate.Gateway.Probing;
using Tollgate.Gateway.Routing;
using Tollgate.Hosting.Providers;
using Tollgate.Identity.Providers;
using Tollgate.Identity.Secrets;
using Tollgate.Operations.Problems;
using Tollgate.Operations.Providers;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Cli.Providers;

/// <summary>
/// The providers as a gateway with this configuration would have them, and the stored keys, for one command.
/// </summary>
internal sealed class ProviderSession : IAsyncDisposable
{
    private readonly Workspace _workspace;
    private readonly RegistryWatcher _registry;
    private readonly ProviderProbe _probe;

    private ProviderSession(Workspace workspace, RegistryWatcher registry, ProviderProbe probe) =>
        (_workspace, _registry, _probe) = (workspace, registry, probe);

    /// <summary>The providers.</summary>
    public ProviderOperations Providers { get; private init; } = null!;

    /// <summary>Changes stored keys.</summary>
    public ProviderKeyChanges Keys { get; private init; } = null!;

    /// <summary>Opens them.</summary>
    /// <param name="parsed">The command.</param>
    /// <param name="request">The places of its configuration.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="InvalidDataException">The configuration has errors.</exception>
    public static async Task<ProviderSession> OpenAsync(
        ParseResult parsed,
        ConfigurationRequest request,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var settings = ReadSettings(request);
        var log = new WarningLog(parsed.InvocationConfiguration.Error);
        var workspace = WorkspaceLocation.FromSettings(settings, time, log);
        try
        {
            var ledger = workspace.Options.Ledger;
            var registry = await RegistryWatcher.StartAsync(ledger, cancellationToken);
            var probe = new ProviderProbe(time);
            var keys = await ProviderKeyRegistry.OpenAsync(ledger, settings.Identity, cancellationToken);
            var source = CreateSource(settings, registry.Snapshot, probe);
            return new ProviderSession(workspace, registry, probe)
            {
                Providers = new ProviderOperations(workspace, source),
                Keys = new ProviderKeyChanges(workspace, keys, CommandWorkspace.Operator),
            };
        }
        catch
        {
            await workspace.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _probe.Dispose();
        await _registry.DisposeAsync();
        await _workspace.DisposeAsync();
    }

    private static GatewaySettings ReadSettings(ConfigurationRequest request)
    {
        var configuration = ConfigurationLoader.Load(request);
        return configuration.Problems.FirstOrDefault(static problem => problem.Kind == ProblemKind.Error) is { } error
            ? throw new InvalidDataException($"The configuration has errors: {error}")
            : configuration.Settings;
    }

    private static ProviderSource CreateSource(GatewaySettings settings, RegistrySnapshot snapshot, ProviderProbe probe)
    {
        var ring = new ProviderKeyRing(() => MasterKeyFile.OpenBox(settings.Identity, settings.DataFolder));
        var keys = ring.Open(snapshot);
        var routing = settings.Routes!.Build(
            keys.Where(static pair => pair.Value.Secret is not null)
                .ToDictionary(static pair => pair.Key, static pair => pair.Value.Secret!, StringComparer.Ordinal)
        );
        return new ProviderOverview(settings, () => keys, () => ListDeployments(routing), probe).ToSource();
    }

    private static IReadOnlyList<DeploymentStatus> ListDeployments(RoutingOptions routing) =>
        [
            .. routing.Groups.SelectMany(static group =>
                group.Deployments.Select(deployment => new DeploymentStatus(deployment, group.Name, 0, null))
            ),
            .. routing.Providers.Values.Select(static deployment => new DeploymentStatus(deployment, null, 0, null)),
        ];
}
