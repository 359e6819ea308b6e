using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tollgate.Accounting.Directory;
using Tollgate.Accounting.Ledger;
using Tollgate.Api;
using Tollgate.Gateway;
using Tollgate.Gateway.Booking;

namespace Tollgate.Hosting;

/// <summary>A gate that listens: the ledger, the keys, the prices and the web server, started and stopped in order.</summary>
internal sealed class GateHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly VirtualKeyWatcher _keys;
    private readonly TollgateGateway _gateway;

    private GateHost(WebApplication app, UsageLedger ledger, VirtualKeyWatcher keys, TollgateGateway gateway)
    {
        _app = app;
        Ledger = ledger;
        _keys = keys;
        _gateway = gateway;
    }

    /// <summary>The ledger that the gate books to.</summary>
    public UsageLedger Ledger { get; }

    /// <summary>The addresses that it listens on, with the ports that were chosen.</summary>
    public IReadOnlyList<Uri> Addresses => [.. _app.Urls.Select(static url => new Uri(url))];

    /// <summary>Opens the ledger, checks that the gate may listen where it is told to, and starts it.</summary>
    /// <exception cref="GateRefusedException">The gate would be open to a network.</exception>
    public static async Task<GateHost> StartAsync(GateSettings settings, TimeProvider clock, CancellationToken cancellation)
    {
        // 1. The ledger, which books what a gate that died had under way.
        var pricer = new CallPricer(new OwnPrices(settings.DataFolder).Book());
        var options = new LedgerOptions
        {
            DataFolder = settings.DataFolder,
            TimeProvider = clock,
            PriceRecovered = pricer.PriceRecovered,
            CheckpointBytes = settings.LedgerCheckpoint,
        };
        var ledger = await UsageLedger.OpenAsync(options, cancellation);

        // 2. The keys, without which nobody but this machine may come in.
        var keys = await VirtualKeyWatcher.StartAsync(options, cancellation);
        ListenRules.Check(settings.Urls, keys.Snapshot.AnyKeyEverExisted);

        // 3. The web server.
        var builder = WebApplication.CreateSlimBuilder();
        Configure(builder, settings);
        var app = builder.Build();
        var gateway = new TollgateGateway(settings.Gateway, ledger, keys, pricer, clock, app.Logger);
        HealthEndpoints.Map(app, ledger, keys, gateway.Metrics);
        gateway.Map(app);
        await app.StartAsync(cancellation);
        return new GateHost(app, ledger, keys, gateway);
    }

    /// <summary>Runs until the process is asked to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellation) => _app.WaitForShutdownAsync(cancellation);

    /// <summary>Stops accepting, lets running answers finish within the deadline, then closes the ledger.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _gateway.Dispose();
        await _keys.DisposeAsync();
        await Ledger.DisposeAsync();
    }

    private static void Configure(WebApplicationBuilder builder, GateSettings settings)
    {
        builder.WebHost.UseUrls([.. settings.Urls]);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The gate has its own bound, under one budget for all bodies.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(100, TimeSpan.FromSeconds(30));
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.ShutdownDeadline);
        builder.Logging.ClearProviders();
        if (settings.LogJson) builder.Logging.AddJsonConsole();
        else builder.Logging.AddSimpleConsole(static console => console.SingleLine = true);
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning)
            // It reports nothing but start and end, and for that would make an activity of each request.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }
}
