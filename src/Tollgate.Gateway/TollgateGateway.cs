using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Directory;
using Tollgate.Accounting.Ledger;
using Tollgate.Gateway.Access;
using Tollgate.Gateway.Booking;
using Tollgate.Gateway.Endpoints;
using Tollgate.Gateway.Forwarding;
using Tollgate.Gateway.Requests;
using Tollgate.Gateway.Routing;
using Tollgate.Gateway.Telemetry;
using Tollgate.Metering.Tokens;

namespace Tollgate.Gateway;

/// <summary>Everything that the gate is configured by.</summary>
public sealed record GatewayOptions
{
    /// <summary>How calls find their deployment.</summary>
    public RoutingOptions Routing { get; init; } = new();

    /// <summary>Bytes that all request bodies together may occupy.</summary>
    public long RequestMemory { get; init; } = 512L * 1024 * 1024;

    /// <summary>The largest request body, in bytes.</summary>
    public long MaxRequestBody { get; init; } = 128L * 1024 * 1024;

    /// <summary>Whether each call is written to the log.</summary>
    public bool LogCalls { get; init; }
}

/// <summary>The gate: put together once, then mapped onto a web application.</summary>
public sealed class TollgateGateway : IAsyncDisposable
{
    private readonly UpstreamClients _clients;
    private readonly GatewayEndpoints _endpoints;

    /// <summary>A gate over an open ledger, its keys and its prices.</summary>
    public TollgateGateway(
        GatewayOptions options, UsageLedger ledger, VirtualKeyWatcher keys, CallPricer pricer, TimeProvider clock, ILogger logger)
    {
        if (!TokenCounter.HasTables) GatewayLog.CountsByEstimate(logger);
        _clients = new UpstreamClients(options.Routing);
        var routes = new RouteTable(options.Routing);
        var memory = new RequestMemory(options.RequestMemory);
        var telemetry = new GatewayTelemetry(
            model => routes.Knows(model) || pricer.Prices.ModelNames.Contains(model), logger, options.LogCalls);
        var recorder = new CallRecorder(ledger, pricer, telemetry, clock);
        Metrics = new MetricsPage(telemetry, ledger, memory);
        _endpoints = new GatewayEndpoints(
            new VirtualKeyAuthenticator(keys, clock),
            new RequestReader(memory, options.MaxRequestBody),
            memory,
            routes,
            new Forwarder(routes, _clients, recorder, pricer, clock),
            recorder,
            telemetry,
            new ModelList(routes, pricer),
            clock,
            logger);
    }

    /// <summary>The page behind <c>/metrics</c>.</summary>
    public MetricsPage Metrics { get; }

    /// <summary>Maps the gate's routes.</summary>
    public void Map(IEndpointRouteBuilder app) => _endpoints.Map(app);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _clients.Dispose();
        return ValueTask.CompletedTask;
    }
}
