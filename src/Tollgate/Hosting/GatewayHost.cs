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
internal sealed class GatewayHost : IAsyncDisposable
{
    /// <summary>The time allowed for aborted calls to be recorded.</summary>
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(2);

    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly ILoggerFactory _loggers;
    private readonly TimeSpan _deadline;
    private readonly TimeProvider _clock;
    private WebApplication? _app;
    private TollgateGateway? _gateway;

    private GatewayHost(UsageLedger ledger, ILoggerFactory loggers, TimeSpan deadline, TimeProvider clock)
    {
        (Ledger, _loggers) = (ledger, loggers);
        (_deadline, _clock) = (deadline, clock);
        _parts.Push(ledger);
    }

    /// <summary>The ledger that the gateway records to.</summary>
    public UsageLedger Ledger { get; }

    /// <summary>True if any client that can reach the gateway may use it, because no key was ever created.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Why the registry could not be read at startup; null if it was read.</summary>
    public string? RegistryError { get; private set; }

    /// <summary>The addresses that the gateway listens on, with the actual ports.</summary>
    public IReadOnlyList<Uri> Addresses => [.. _app!.Urls.Select(static url => new Uri(url))];

    /// <summary>
    /// Opens the ledger, checks that the gateway may listen on the configured addresses, and starts it.
    /// </summary>
    /// <exception cref="GatewayStartException">
    /// The gateway would be open to a network, or its hard limits would be counted by several gateways independently.
    /// </exception>
    public static async Task<GatewayHost> StartAsync(
        GatewaySettings settings,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        // 1. The ledger, which records the in-flight calls of a gateway that died.
        var pricer = new CallPricer(CustomPrices.FromSettings(settings).BuildPriceBook());
        var loggers = GatewayLogging.Create(settings);
        var options = LedgerLocation.FromSettings(settings) with
        {
            LoggerFactory = loggers,
            TimeProvider = clock,
            PriceRecovered = pricer.PriceRecovered,
            CheckpointBytes = settings.LedgerCheckpoint,
        };
        GatewayHost? host = null;
        try
        {
            var ledger = await UsageLedger.OpenAsync(options, cancellationToken);
            host = new GatewayHost(ledger, loggers, settings.ShutdownDeadline, clock);
            await host.ListenAsync(settings, options, pricer, cancellationToken);
            return host;
        }
        catch
        {
            if (host is not null)
                await host.DisposeAsync();
            else
                loggers.Dispose();
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
        _loggers.Dispose(); // Last: the parts log until they are closed.
    }

    private async Task StopAsync(WebApplication app, TollgateGateway gateway)
    {
        using var over = new CancellationTokenSource();
        var stopped = app.StopAsync(over.Token);
        await Task.WhenAny(stopped, Task.Delay(_deadline, _clock));
        // The gateway first: otherwise a client dropped by the web server would look as if it had disconnected.
        await gateway.AbortInFlightAsync();
        await over.CancelAsync();
        await stopped;
        if (!await gateway.DrainAsync(DrainTimeout))
            app.Logger.LogWarning("Calls in flight could not be recorded in time; the next start records them.");
    }

    private async Task ListenAsync(
        GatewaySettings settings,
        LedgerOptions options,
        CallPricer pricer,
        CancellationToken cancellationToken
    )
    {
        // 2. The registry: without keys, only this machine may connect.
        var directory = await RegistryWatcher.StartAsync(options, cancellationToken);
        _parts.Push(directory);
        RegistryError = directory.LastError;
        IsOpen = directory.HasSnapshot && !directory.Snapshot.Keys.AnyKeyEverExisted;
        ListenRules.Check(settings.Urls, directory);

        // 3. The limits, which return their leases before the ledger closes.
        var app = Build(settings, options.LoggerFactory);
        var admission = new AdmissionController(
            Ledger.Limits,
            Ledger.InstanceId,
            options.TimeProvider,
            settings.AdmissionWithAlerts with { LoggerFactory = options.LoggerFactory }
        );
        _parts.Push(admission);
        var limits = new LimitSynchronizer(
            directory,
            admission,
            problem => LimitImporter.LogUnreadable(app.Logger, problem)
        );
        await LimitImporter.ImportAsync(settings, options, Ledger, directory, limits, app.Logger, cancellationToken);
        if (options.Store is { } store and not ILimitAwareLedgerStore)
            _parts.Push(
                await SingleInstanceGuard.StartAsync(
                    store,
                    admission,
                    settings.DataFolder,
                    options.TimeProvider,
                    app.Logger,
                    cancellationToken
                )
            );

        var reconciler = new LimitReconciler(Ledger.Limits, directory, options.TimeProvider);
        _parts.Push(
            new ReconcileTimer(
                admission,
                Ledger.Limits,
                reconciler,
                options.Store is null or ILimitAwareLedgerStore,
                options.TimeProvider,
                drift =>
                {
                    LimitImporter.LogDrift(app.Logger, drift);
                    Ledger.Notices.AddDrift(drift.Limit, drift.Target, drift.Window, drift.Counter, drift.Ledger);
                }
            )
        );

        // 4. The web server, and the gateway in it.
        _parts.Push(OpenTelemetryExport.Start(settings.OtlpEndpoint));
        _parts.Push(new RecoveryTimer(Ledger, options.TimeProvider));
        var audit = await TranscriptLogLocation.OpenAsync(settings, options, cancellationToken);
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
        _parts.Push(AlertService.Start(settings.Alerts, Ledger, options.TimeProvider, app.Logger));
        HealthEndpoints.Map(app, Ledger, directory, audit, () => LimitHealth.From(admission, limits));
        HealthEndpoints.MapMetrics(app, gateway.Metrics, settings.AllowAnonymousMetrics ? null : gateway.ReadAccess);
        CallEndpoints.Map(app, Ledger, gateway.ReadAccess);
        gateway.Map(app);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            throw new GatewayStartException(
                $"{exception.Message} Stop the program that listens there, or choose another address with --urls."
            );
        }

        (_app, _gateway) = (app, gateway);
    }

    private static WebApplication Build(GatewaySettings settings, ILoggerFactory loggers)
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
        builder.Services.AddSingleton(loggers);
        return builder.Build();
    }
}
