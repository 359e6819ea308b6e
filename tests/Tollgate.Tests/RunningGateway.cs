using Tollgate.Accounting.Ledger;
using Tollgate.Configuration.Settings;
using Tollgate.Demo;
using Tollgate.Gateway;
using Tollgate.Gateway.Routing;
using Tollgate.Hosting;
using Tollgate.Metering.Usage;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;

namespace Tollgate.Tests;

/// <summary>
/// The program's own host in front of the simulated provider, as <c>tollgate serve</c> puts it together.
/// </summary>
public sealed class RunningGateway : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SimulatedProviderServer? _provider;
    private GatewayHost? _gateway;

    public Uri Address => _gateway!.Addresses[0];

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
    }

    /// <summary>The records of one model's calls by one user, once there are that many and none is under way.</summary>
    public async Task<IReadOnlyList<UsageRecord>> RecordsAsync(Func<UsageRecord, bool> which, int count)
    {
        List<UsageRecord> records = [];
        await Eventually.BecomesTrueAsync(async () =>
        {
            records = [.. (await Ledger.Query.TailAsync(10_000)).Where(which)];
            return records.Count >= count;
        });
        return records;
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway!.DisposeAsync();
        await _provider!.DisposeAsync();
        _folder.Dispose();
    }
}
