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
/// A gate that listens: the ledger, the directory, the prices and the web server, started and stopped in order.
/// </summary>
internal sealed class GateHost : IAsyncDisposable
{
    /// <summary>How long what was cut gets to be booked.</summary>
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

    /// <summary>The ledger that the gate books to.</summary>
    public UsageLedger Ledger { get; }

    /// <summary>Whether anybody who reaches the gate may use it, because no key was ever made.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Why the directory could not be read at the start; null where it could.</summary>
    public string? DirectoryError { get; private set; }

    /// <summary>The addresses that it listens on, with the ports that were chosen.</summary>
    public IReadOnlyList<Uri> Addresses => [.. _app!.Urls.Select(static url => new Uri(url))];

    /// <summary>Opens the ledger, checks that the gate may listen where it is told to, and starts it.</summary>
    /// <exception cref="GateRefusedException">The gate would be open to a network, or its hard limits would be counted
    /// by several gates, each for itself.</exception>
    public static async Task<GateHost> StartAsync(
        GateSettings settings,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        // 1. The ledger, which books what a gate that died had under way.
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
    /// Stops accepting, lets running answers finish within the deadline, has those that do not booked at what was
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
        // The gate first: a caller whom the web server drops would else seem to have left.
        await gateway.CutAsync();
        await over.CancelAsync();
        await stopped;
        if (!await gateway.SettleAsync(BookingPatience))
            app.Logger.LogWarning("Calls under way could not be booked in time; the next start books them.");
    }

    private async Task ListenAsync(
        GateSettings settings,
        LedgerOptions options,
        CallPricer pricer,
        CancellationToken cancellation
    )
    {
        // 2. The directory, without whose keys nobody but this machine may come in.
        var directory = await DirectoryWatcher.StartAsync(options, cancellation);
        _parts.Push(directory);
        DirectoryError = directory.LastError;
        IsOpen = directory.IsKnown && !directory.Snapshot.Keys.AnyKeyEverExisted;
        ListenRules.Check(settings.Urls, directory);

        // 3. The limits, which give back what they hold before the ledger closes.
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

        // 4. The web server, and the gate in it.
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
                $"{fault.Message} End the program that listens there, or choose another address with --urls."
            );
        }

        (_app, _gateway) = (app, gateway);
    }

    private static WebApplication Build(GateSettings settings)
    {
        // Empty: the ready-made builders read appsettings.json from the working folder, which is not this program's
        // configuration, and watch that folder, so that each write of a ledger below it would raise an event.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder
            .WebHost.UseUrls([.. settings.Urls])
            .UseKestrelCore()
            .ConfigureKestrel(static kestrel =>
            {
                kestrel.AddServerHeader = false;
                // The gate has its own bound, under one budget for all bodies.
                kestrel.Limits.MaxRequestBodySize = null;
                kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(
                    bytesPerSecond: 100,
                    gracePeriod: TimeSpan.FromSeconds(30)
                );
                // A caller may read as slowly as it likes: the provider's silence is bounded, not the caller's.
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
            // A start that fails is told once, by the command, in one line.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            // It reports nothing but start and end, and for that would make an activity of each request.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        return builder.Build();
    }
}
