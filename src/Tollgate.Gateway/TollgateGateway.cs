using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Gateway.Access;
using Tollgate.Gateway.Endpoints;
using Tollgate.Gateway.Forwarding;
using Tollgate.Gateway.Recording;
using Tollgate.Gateway.Requests;
using Tollgate.Gateway.Routing;
using Tollgate.Gateway.Telemetry;
using Tollgate.Gateway.Transcripts;
using Tollgate.Metering.Tokens;

namespace Tollgate.Gateway;

/// <summary>The options of the gateway.</summary>
public sealed record GatewayOptions
{
    /// <summary>The routing of calls to deployments.</summary>
    public RoutingOptions Routing { get; init; } = new();

    /// <summary>The maximum number of bytes that all request bodies together may occupy.</summary>
    public long RequestMemoryBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>The largest request body, in bytes.</summary>
    public long MaxRequestBodyBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>The values that every call must carry, and those that must be registered.</summary>
    public RegistryRequirements RegistryRequirements { get; init; }

    /// <summary>True if each call is written to the log.</summary>
    public bool LogCalls { get; init; }
}

/// <summary>The gateway: created once, then mapped onto a web application.</summary>
public sealed class TollgateGateway : IAsyncDisposable
{
    private readonly UpstreamClients _clients;
    private readonly GatewayTelemetry _telemetry;
    private readonly TimeProvider _clock;
    private readonly GatewayEndpoints _endpoints;

    /// <summary>
    /// Creates a gateway over an open ledger, its registry, limits and prices, and optionally a transcript log.
    /// </summary>
    public TollgateGateway(
        GatewayOptions options,
        UsageLedger ledger,
        RegistryWatcher directory,
        AdmissionController admission,
        CallPricer pricer,
        TimeProvider clock,
        ILogger logger,
        TranscriptLog? audit = null
    )
    {
        _clock = clock;
        if (!TokenCounter.HasTables)
            GatewayLog.TokenizerUnavailable(logger);
        _clients = new UpstreamClients(options.Routing, clock);
        var routes = new RouteTable(options.Routing);
        var memory = new RequestMemoryBudget(options.RequestMemoryBytes);
        _telemetry = new GatewayTelemetry(
            model => routes.ContainsModel(model) || pricer.Prices.ModelNames.Contains(model),
            logger,
            options.LogCalls
        );
        var recorder = new CallRecorder(ledger, pricer, _telemetry, clock);
        Metrics = new MetricsPage(_telemetry, ledger, memory, audit);
        var authenticator = new VirtualKeyAuthenticator(directory, clock);
        ReadAccess = new ReadAccess(authenticator, new RegistryAccessPolicy(new RegistryRules(directory)));
        _endpoints = new GatewayEndpoints(
            authenticator,
            new RegistryAccessPolicy(new RegistryRules(directory, options.RegistryRequirements)),
            new RequestReader(memory, options.MaxRequestBodyBytes),
            memory,
            routes,
            new Forwarder(
                routes,
                _clients,
                recorder,
                pricer,
                new CallAdmission(admission, pricer, ledger.Notices, logger),
                clock
            ),
            recorder,
            _telemetry,
            new ModelList(routes, pricer),
            ReadAccess,
            audit is null ? null : new CallTranscripts(audit, clock),
            clock,
            logger
        );
    }

    /// <summary>The page served at <c>/metrics</c>.</summary>
    public MetricsPage Metrics { get; }

    /// <summary>Controls who may read pages besides the gateway's routes.</summary>
    public ReadAccess ReadAccess { get; }

    /// <summary>Maps the gateway's routes.</summary>
    public void Map(IEndpointRouteBuilder app) => _endpoints.Map(app);

    /// <summary>Aborts all calls in flight; the web server must drop their callers next.</summary>
    public Task AbortInFlightAsync() => _clients.AbortInFlightAsync();

    /// <summary>Waits until no call is in flight, so that all are booked; false if some outlast the timeout.</summary>
    public async Task<bool> DrainAsync(TimeSpan timeout)
    {
        for (
            var began = _clock.GetTimestamp();
            _telemetry.InFlight > 0;
            await Task.Delay(TimeSpan.FromMilliseconds(10), _clock)
        )
            if (_clock.GetElapsedTime(began) > timeout)
                return false;
        return true;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _clients.Dispose();
        return ValueTask.CompletedTask;
    }
}
