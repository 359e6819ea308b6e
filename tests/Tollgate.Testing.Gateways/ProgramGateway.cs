using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
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
/// only provider. A published program serves in its own process.
/// </summary>
public sealed class ProgramGateway : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SimulatedProviderServer? _provider;
    private GatewayHost? _gateway;
    private GatewayProcess? _process;
    private UsageLedger? _processLedger;
    private GatewayClient? _client;

    public Uri Address { get; private set; } = null!;

    public GatewayClient Client => _client!;

    public Uri Provider => _provider!.BaseAddress;

    public UsageLedger Ledger => _gateway?.Ledger ?? _processLedger!;

    public string DataFolder => _folder.Path;

    public async ValueTask InitializeAsync()
    {
        _provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        if (ProgramUnderTest.IsPublished)
            await StartProcessAsync(_provider.BaseAddress);
        else
            await StartHostAsync(_provider.BaseAddress);
        _client = new GatewayClient(Address);
    }

    private async Task StartProcessAsync(Uri provider)
    {
        _process = GatewayProcess.Serve(
            _folder.Path,
            ("TOLLGATE_ROUTING_RETRIES", "0"),
            ("OPENAI_API_KEY", "x"),
            ("OPENAI_BASE_URL", $"{provider}v1"),
            ("ANTHROPIC_API_KEY", "x"),
            ("ANTHROPIC_BASE_URL", provider.ToString()),
            ("GEMINI_API_KEY", "x"),
            ("GEMINI_BASE_URL", provider.ToString())
        );
        Address = await _process.Address;
        _processLedger = await UsageLedger.OpenAsync(new LedgerOptions { DataFolder = _folder.Path });
    }

    private async Task StartHostAsync(Uri provider)
    {
        _gateway = await GatewayHost.StartAsync(
            new GatewaySettings
            {
                DataFolder = _folder.Path,
                Urls = ["http://127.0.0.1:0"],
                Gateway = new GatewayOptions
                {
                    Routing = new RoutingOptions { Retries = 0, Providers = SimulatedDeployments.Create(provider) },
                },
            },
            TimeProvider.System,
            default
        );
        Address = _gateway.Addresses[0];
    }

    /// <summary>Waits until at least this many records match, and returns them, the oldest one first.</summary>
    public Task<IReadOnlyList<UsageRecord>> RecordsAsync(Func<UsageRecord, bool> matches, int count) =>
        BookedRecords.WaitForAsync(Ledger, matches, count);

    public async ValueTask DisposeAsync()
    {
        _client!.Dispose();
        if (_gateway is not null)
            await _gateway.DisposeAsync();
        if (_processLedger is not null)
            await _processLedger.DisposeAsync();
        _process?.Dispose();
        await _provider!.DisposeAsync();
        _folder.Dispose();
    }
}
