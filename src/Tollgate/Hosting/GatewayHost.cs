using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Tollgate.Accounting;
using Tollgate.Accounting.Ledger;
using Tollgate.Api;
using Tollgate.Configuration.Settings;
using Tollgate.Gateway;
using Tollgate.Gateway.Recording;

namespace Tollgate.Hosting;

/// <summary>
/// A listening gateway: its stores, the services composed over them, and the web server, started and stopped in order.
/// </summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly GatewayStores _stores;
    private readonly WebApplication _app;
    private readonly TimeSpan _deadline;
    private readonly TimeProvider _clock;
    private InFlightCalls? _calls;

    private GatewayHost(GatewayStores stores, WebApplication app, TimeSpan deadline, TimeProvider clock) =>
        (_stores, _app, _deadline, _clock) = (stores, app, deadline, clock);

    /// <summary>The mapped routes.</summary>
    public IReadOnlyList<Endpoint> Endpoints => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <summary>The ledger that the gateway records to.</summary>
    public UsageLedger Ledger => _stores.Ledger;

    /// <summary>True if any client that can reach the gateway may use it, because no key was ever created.</summary>
    public bool IsOpen { get; private init; }

    /// <summary>Why the registry could not be read at startup; null if it was read.</summary>
    public string? RegistryError { get; private init; }

    /// <summary>The addresses that the gateway listens on, with the actual ports.</summary>
    public IReadOnlyList<Uri> Addresses => [.. _app.Urls.Select(static url => new Uri(url))];

    /// <summary>
    /// Opens the stores, checks that the gateway may listen on the configured addresses, and starts it.
    /// </summary>
    /// <exception cref="GatewayStartException">
    /// An address is in use, the gateway would be open to a network, or its hard limits would be counted by several
    /// gateways independently.
    /// </exception>
    public static async Task<GatewayHost> StartAsync(
        GatewaySettings settings,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        // 1. The stores.
        var pricer = new CallPricer(settings.CustomPrices.BuildPriceBook());
        var stores = await GatewayStores.OpenAsync(settings, pricer, clock, cancellationToken);
        GatewayHost? host = null;
        try
        {
            // 2. Without keys, only this machine may connect.
            var registry = stores.Registry;
            var (isOpen, error) = (
                registry.HasSnapshot && !registry.Snapshot.Keys.AnyKeyEverExisted,
                registry.LastFailure?.Message
            );
            ListenRules.Check(settings.Urls, registry);

            // 3. The services, and the web server last.
            var builder = GatewayApplication.CreateBuilder(settings);
            builder.Services.AddTollgate(settings, stores, pricer, clock);
            host = new GatewayHost(stores, builder.Build(), settings.ShutdownDeadline, clock)
            {
                IsOpen = isOpen,
                RegistryError = error,
            };
            await host.ListenAsync(settings.Urls, cancellationToken);
            return host;
        }
        catch
        {
            await (host?.DisposeAsync() ?? stores.DisposeAsync());
            throw;
        }
    }

    /// <summary>
    /// Issues a one-time token for the first account; returns null if there is an account, if this process serves no
    /// API, or if the token would travel over a network unencrypted.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">The database is away.</exception>
    public async Task<string?> IssueSetupTokenAsync(CancellationToken cancellationToken)
    {
        var servesApi = _app.Services.GetRequiredService<GatewaySettings>().Parts.HasFlag(ServedParts.Api);
        var isPrivate = Addresses.All(static address => address.Scheme == "https" || address.IsLoopback);
        return servesApi && isPrivate ? await _app.Services.IssueSetupTokenAsync(cancellationToken) : null;
    }

    /// <summary>
    /// Stops accepting calls, lets responses in flight finish within the deadline, records the others at what was
    /// received, stops the services in reverse order, then closes the stores.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_calls is not null)
            await StopAsync(_calls);
        await _app.DisposeAsync();
        await _stores.DisposeAsync();
    }

    private async Task ListenAsync(IReadOnlyList<string> urls, CancellationToken cancellationToken)
    {
        try
        {
            GatewayApplication.Map(_app);
            _calls = _app.Services.GetRequiredService<InFlightCalls>();
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new GatewayStartException(
                $"{exception.Message} Stop the program that listens there, or choose another address with --urls."
            );
        }
        catch (SocketException exception)
        {
            throw new GatewayStartException(
                $"Cannot listen on {string.Join(", ", urls)}: {exception.Message}. Choose another address with --urls."
            );
        }
        catch (OptionsValidationException exception)
        {
            throw new GatewayStartException(exception.Message);
        }
    }

    private async Task StopAsync(InFlightCalls calls)
    {
        using var over = new CancellationTokenSource();
        var stopped = _app.StopAsync(over.Token);
        await Task.WhenAny(stopped, Task.Delay(_deadline, _clock));
        // The gateway first: otherwise a client dropped by the web server would look as if it had disconnected.
        await calls.AbortAsync();
        await over.CancelAsync();
        await stopped;
    }
}
