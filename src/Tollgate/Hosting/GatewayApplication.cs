using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Api;
using Tollgate.Configuration.Settings;
using Tollgate.Dashboard;
using Tollgate.Gateway;
using Tollgate.Hosting.Endpoints;

namespace Tollgate.Hosting;

/// <summary>The web application of a gateway: the web server and its routes.</summary>
internal static class GatewayApplication
{
    /// <summary>Creates a builder with nothing but the web server.</summary>
    public static WebApplicationBuilder CreateBuilder(GatewaySettings settings)
    {
        // Empty: the default builders read appsettings.json from the working folder, which is not this program's
        // configuration, and watch that folder, so each write to a ledger below it would raise an event.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddOpenTelemetryVariables();
        builder.Services.AddRoutingCore();
        builder
            .WebHost.UseUrls([.. settings.Urls])
            .UseKestrelCore()
            // A call continues on the thread that received it, and the thread that finished it sends the response:
            // on an idle gateway, waking another thread takes longer than its work. All of them are threads of the
            // pool. The reasons are in docs/decisions/0024-inline-transport.md.
            .UseSockets(static sockets => sockets.UnsafePreferInlineScheduling = true)
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
        builder.Services.ConfigureHttpJsonOptions(static json =>
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, EndpointJson.Default)
        );
        TransportSetup.Configure(builder, settings);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        return builder;
    }

    /// <summary>Maps all routes: the gateway's, and the pages beside them.</summary>
    public static void Map(WebApplication app)
    {
        var parts = app.Services;
        var settings = parts.GetRequiredService<GatewaySettings>();
        TransportSetup.Use(app, settings.Transport);
        var (admission, limits) = (
            parts.GetRequiredService<AdmissionController>(),
            parts.GetRequiredService<LimitSynchronizer>()
        );
        HealthEndpoints.Map(
            app,
            parts.GetRequiredService<UsageLedger>(),
            parts.GetRequiredService<RegistryWatcher>(),
            parts.GetService<TranscriptLog>(),
            () => LimitHealth.From(admission, limits)
        );
        if (settings.Parts.HasFlag(ServedParts.Gateway))
            app.MapTollgateGateway();
        // Those who make calls look up their keys where they make them.
        _ = settings.Parts.HasFlag(ServedParts.Api) ? app.MapTollgateApi() : app.MapTollgateCallerApi();
        if (settings.Parts.HasFlag(ServedParts.Dashboard))
            app.MapTollgateDashboard();
        UnknownPathEndpoint.Map(app);
        app.RequireApiRows();
    }
}
