using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Accounting.Limits.Reconciliation;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Api;
using Tollgate.Configuration.Locations;
using Tollgate.Configuration.Settings;
using Tollgate.Gateway;
using Tollgate.Gateway.Recording;

namespace Tollgate.Hosting;

/// <summary>
/// A listening gateway: the ledger, the registry, the prices and the web server, started and stopped in order.
/// </summary>
internal sealed class GateHost : IAsyncDisposable
{
    /// <summary>The time allowed for aborted calls to be recorded.</summary>
    private static readonly TimeSpan BookingPatience = TimeSpan.FromSeconds(2);

    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly TimeSpan _deadline;
    private readonly TimeProvider _clock;
    private WebApplication? _app;
    private TollgateGateway? _gateway;

    private GateHost(UsageLedger ledger, TimeSpan deadline, TimeProvider clock)
    {
        Ledger = ledger;
        (_deadline, _clock) = (deadline, clock);
        _parts.Push(ledger);
    }

    /// <summary>The ledger that the gateway records to.</summary>
    public UsageLedger Ledger { get; }

    /// <summary>Whether any client that can reach the gateway may use it, because no key was ever created.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Why the registry could not be read at startup; null if it was read.</summary>
    public string? DirectoryError { get; private set; }

    /// <summary>The addresses that the gateway listens on, with the actual ports.</summary>
    public IReadOnlyList<Uri> Addresses => [.. _app!.Urls.Select(static url => new Uri(url))];

    /// <summary>
    /// Opens the ledger, checks that the gateway may listen on the configured addresses, and starts it.
    /// </summary>
    /// <exception cref="GateRefusedException">
    /// The gateway would be open to a network, or its hard limits would be counted by several gateways independently.
    /// </exception>
    public static async Task<GateHost> StartAsync(
        GateSettings settings,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        // 1. The ledger, which records the in-flight calls of a gateway that died.
        var pricer = new CallPricer(OwnPrices.Of(settings).Book());
        var options = LedgerLocation.Of(settings) with
        {
            TimeProvider = clock,
            PriceRecovered = pricer.PriceRecovered,
            CheckpointBytes = settings.LedgerCheckpoint,
        };
        var host = new GateHost(await UsageLedger.OpenAsync(options, cancellation), settings.ShutdownDeadline, clock);
        try
        {
            await host.ListenAsync(settings, options, pricer, cancellation);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Stops accepting calls, lets responses in flight finish within the deadline, records the others at what was
    /// received, then closes the ledger.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await StopAsync(_app, _gateway!);
        while (_parts.TryPop(out var part))
            await part.DisposeAsync();
    }

    private async Task StopAsync(WebApplication app, TollgateGateway gateway)
    {
        using var over = new CancellationTokenSource();
        var stopped = app.StopAsync(over.Token);
        await Task.WhenAny(stopped, Task.Delay(_deadline, _clock));
        // The gateway first: otherwise a client dropped by the web server would look as if it had disconnected.
        await gateway.CutAsync();
        await over.CancelAsync();
        await stopped;
        if (!await gateway.SettleAsync(BookingPatience))
            app.Logger.LogWarning("Calls in flight could not be recorded in time; the next start records them.");
    }

    private async Task ListenAsync(
        GateSettings settings,
        LedgerOptions options,
        CallPricer pricer,
        CancellationToken cancellation
    )
    {
        // 2. The registry: without keys, only this machine may connect.
        var directory = await DirectoryWatcher.StartAsync(options, cancellation);
        _parts.Push(directory);
        DirectoryError = directory.LastError;
        IsOpen = directory.IsKnown && !directory.Snapshot.Keys.AnyKeyEverExisted;
        ListenRules.Check(settings.Urls, directory);

        // 3. The limits, which return their leases before the ledger closes.
        var app = Build(settings);
        var admission = new AdmissionController(
            Ledger.Limits,
            Ledger.InstanceId,
            options.TimeProvider,
            settings.AdmissionWithAlerts
        );
        _parts.Push(admission);
        var limits = new LimitFollower(directory, admission, problem => LimitSources.Unreadable(app.Logger, problem));
        await LimitSources.BringAsync(settings, options, Ledger, directory, limits, app.Logger, cancellation);
        if (options.Store is { } store and not ILimitedLedgerStore)
            _parts.Push(
                await LoneFolder.StartAsync(
                    store,
                    admission,
                    settings.DataFolder,
                    options.TimeProvider,
                    app.Logger,
                    cancellation
                )
            );

        var reconciler = new LimitReconciler(Ledger.Limits, directory, options.TimeProvider);
        _parts.Push(
            new ReconcileTimer(
                admission,
                Ledger.Limits,
                reconciler,
                options.Store is null or ILimitedLedgerStore,
                options.TimeProvider,
                drift =>
                {
                    LimitSources.Drifted(app.Logger, drift);
                    Ledger.Notices.Drift(drift.Limit, drift.Target, drift.Window, drift.Counter, drift.Ledger);
                }
            )
        );

        // 4. The web server, and the gateway in it.
        _parts.Push(OpenTelemetryExport.Start(settings.OtlpEndpoint));
        _parts.Push(new RecoveryTimer(Ledger, options.TimeProvider));
        var audit = await AuditLocation.OpenAsync(settings, options.TimeProvider, cancellation);
        if (audit is not null)
            _parts.Push(audit);
        var gateway = new TollgateGateway(
            settings.Gateway,
            Ledger,
            directory,
            admission,
            pricer,
            options.TimeProvider,
            app.Logger,
            audit
        );
        _parts.Push(gateway);
        _parts.Push(app);
        _parts.Push(AlertWatch.Start(settings.Alerts, Ledger, options.TimeProvider, app.Logger));
        HealthEndpoints.Map(app, Ledger, directory, audit, () => LimitHealth.Of(admission, limits));
        HealthEndpoints.MapMetrics(app, gateway.Metrics, settings.OpenMetrics ? null : gateway.Access);
        CallEndpoints.Map(app, Ledger, gateway.Access);
        gateway.Map(app);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException fault)
        {
            throw new GateRefusedException(
                $"{fault.Message} Stop the program that listens there, or choose another address with --urls."
            );
        }

        (_app, _gateway) = (app, gateway);
    }

    private static WebApplication Build(GateSettings settings)
    {
        // Empty: the default builders read appsettings.json from the working folder, which is not this program's
        // configuration, and watch that folder, so each write to a ledger below it would raise an event.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder
            .WebHost.UseUrls([.. settings.Urls])
            .UseKestrelCore()
            .ConfigureKestrel(static kestrel =>
            {
                kestrel.AddServerHeader = false;
                // The gateway enforces its own limit, under one budget for all bodies.
                kestrel.Limits.MaxRequestBodySize = null;
                kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(
                    bytesPerSecond: 100,
                    gracePeriod: TimeSpan.FromSeconds(30)
                );
                // A client may read as slowly as it likes: only the provider has an idle timeout.
                kestrel.Limits.MinResponseDataRate = null;
            });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        builder.Logging.ClearProviders();
        if (settings.LogJson)
            builder.Logging.AddJsonConsole();
        else
            builder.Logging.AddSimpleConsole(static console => console.SingleLine = true);
        builder
            .Logging.SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            // A failed start is reported once, by the command, in one line.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            // It logs only start and end, and would create an activity for each request to do so.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        return builder.Build();
    }
}
