using Tollgate.Accounting.Ledger;
using Tollgate.Configuration.Settings;
using Tollgate.Demo;
using Tollgate.Gateway;
using Tollgate.Gateway.Routing;
using Tollgate.Hosting;
using Tollgate.Metering.Usage;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;

namespace Tollgate.Testing.Gateways;

/// <summary>
/// The program's host in the test's process, composed as by <c>tollgate serve</c>, with the simulated provider as its
/// only provider.
/// </summary>
public sealed class ProgramGateway : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SimulatedProviderServer? _provider;
    private GatewayHost? _gateway;
    private GatewayClient? _client;

    public Uri Address => _gateway!.Addresses[0];

    public GatewayClient Client => _client!;

    public Uri Provider => _provider!.BaseAddress;

    public UsageLedger Ledger => _gateway!.Ledger;

    public string DataFolder => _folder.Path;

    public async ValueTask InitializeAsync()
    {
        _provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        _gateway = await GatewayHost.StartAsync(
            new GatewaySettings
            {
                DataFolder = _folder.Path,
                Urls = ["http://127.0.0.1:0"],
                Gateway = new GatewayOptions
                {
                    Routing = new RoutingOptions
                    {
                        Retries = 0,
                        Providers = SimulatedDeployments.Create(_provider.BaseAddress),
                    },
                },
            },
            TimeProvider.System,
            default
        );
        _client = new GatewayClient(Address);
    }

    /// <summary>Waits until at least this many records match, and returns them, the oldest one first.</summary>
    public Task<IReadOnlyList<UsageRecord>> RecordsAsync(Func<UsageRecord, bool> matches, int count) =>
        BookedRecords.WaitForAsync(Ledger, matches, count);

    public async ValueTask DisposeAsync()
    {
        _client!.Dispose();
        await _gateway!.DisposeAsync();
        await _provider!.DisposeAsync();
        _folder.Dispose();
    }
}
