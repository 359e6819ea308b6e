using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Gateway;
using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Recording;
using Tollgate.Gateway.Routing;
using Tollgate.Gateway.Telemetry;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Testing.Gateways;

/// <summary>
/// A gateway composed from the library, in the test's process, on a free port and with a ledger in its own folder.
/// </summary>
public sealed class InProcessGateway : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;

    private InProcessGateway(TemporaryFolder folder, WebApplication app, LedgerOptions options)
    {
        (_folder, _app, LedgerOptions) = (folder, app, options);
        Client = new GatewayClient(new Uri(app.Urls.First()));
    }

    public LedgerOptions LedgerOptions { get; }

    public UsageLedger Ledger => _app.Services.GetRequiredService<UsageLedger>();

    public AdmissionController Admission => _app.Services.GetRequiredService<AdmissionController>();

    /// <summary>The log of transcripts; null if the gateway was started without one.</summary>
    public TranscriptLog? Transcripts => _app.Services.GetService<TranscriptLog>();

    public GatewayClient Client { get; }

    /// <summary>The owner of the gateway's meter.</summary>
    public IMeterFactory Meters => _app.Services.GetRequiredService<IMeterFactory>();

    public Task<string> ReadMetricsAsync() => _app.Services.GetRequiredService<MetricsPage>().WriteAsync();

    /// <summary>Starts a gateway whose three providers are at one address.</summary>
    public static Task<InProcessGateway> StartAsync(
        Uri provider,
        Func<RoutingOptions, RoutingOptions>? routing = null,
        TimeProvider? clock = null
    ) => StartAsync(new GatewayOptions { Routing = (routing ?? (options => options))(RoutingTo(provider)) }, clock);

    /// <summary>Starts a gateway.</summary>
    /// <param name="options">The gateway's options.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="transcripts">Changes the default options of transcripts; null for a gateway without them.</param>
    /// <param name="prepare">Prepares the ledger before the gateway reads it, for example by creating keys.</param>
    /// <param name="limits">The limits in force.</param>
    public static async Task<InProcessGateway> StartAsync(
        GatewayOptions options,
        TimeProvider? clock = null,
        Func<TranscriptOptions, TranscriptOptions>? transcripts = null,
        Func<LedgerOptions, Task>? prepare = null,
        IReadOnlyList<Limit>? limits = null
    )
    {
        clock ??= TimeProvider.System;
        var folder = new TemporaryFolder();
        var pricer = new CallPricer(BuiltInPrices.Book);
        var ledgerOptions = new LedgerOptions
        {
            DataFolder = folder.Path,
            TimeProvider = clock,
            PriceRecovered = pricer.PriceRecovered,
        };
        var ledger = await UsageLedger.OpenAsync(ledgerOptions);
        if (prepare is not null)
            await prepare(ledgerOptions);
        var log = transcripts is null
            ? null
            : await TranscriptLog.OpenAsync(
                transcripts(new TranscriptOptions { DataFolder = folder.Path, TimeProvider = clock })
            );
        var registry = await RegistryWatcher.StartAsync(ledgerOptions);
        var admission = new AdmissionController(ledger.Limits, ledger.InstanceId, clock);
        admission.Use(limits ?? []);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder
            .WebHost.UseUrls("http://127.0.0.1:0")
            .ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder
            .Services.AddSingleton(ledger)
            .AddSingleton(registry)
            .AddSingleton(admission)
            .AddSingleton(pricer)
            .AddSingleton(clock);
        if (log is not null)
            builder.Services.AddSingleton(log);
        builder.Services.AddTollgateGateway(options);
        var app = builder.Build();
        app.MapTollgateGateway();
        await app.StartAsync();
        return new InProcessGateway(folder, app, ledgerOptions);
    }

    /// <summary>Deployments of the three dialects at one address, each under its provider's name.</summary>
    public static RoutingOptions RoutingTo(Uri provider) =>
        new()
        {
            RetryDelay = TimeSpan.FromMilliseconds(1),
            Providers = new[] { "openai", "anthropic", "gemini" }.ToDictionary(
                id => id,
                id => DeploymentAt(provider, id)
            ),
        };

    public static Deployment DeploymentAt(Uri provider, string id, string? model = null, string? name = null) =>
        new()
        {
            Name = name ?? id,
            Provider = id,
            Model = model,
            Dialect = KnownProviders.ById[id].Dialect,
            BaseAddress = id == "openai" ? new Uri(provider, "/v1") : provider,
            ApiKey = "provider-key",
            KeyPlacement = KnownProviders.ById[id].KeyPlacement,
        };

    /// <inheritdoc cref="GatewayClient.PostJsonAsync"/>
    public Task<HttpResponseMessage> PostAsync(string path, string json, params (string, string)[] headers) =>
        Client.PostJsonAsync(path, json, headers);

    /// <inheritdoc cref="GatewayClient.ChatAsync"/>
    public Task<HttpResponseMessage> ChatAsync(string script, string members = "") => Client.ChatAsync(script, members);

    /// <summary>All records, the oldest one first.</summary>
    public Task<IReadOnlyList<UsageRecord>> RecordsAsync() => BookedRecords.ReadAsync(Ledger);

    /// <summary>Waits for at least this many records, and returns all, the oldest one first.</summary>
    public Task<IReadOnlyList<UsageRecord>> RecordsAsync(int count) =>
        BookedRecords.WaitForAsync(Ledger, static _ => true, count);

    public async ValueTask DisposeAsync()
    {
        var (ledger, admission, transcripts) = (Ledger, Admission, Transcripts);
        var registry = _app.Services.GetRequiredService<RegistryWatcher>();
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await admission.DisposeAsync();
        await registry.DisposeAsync();
        if (transcripts is not null)
            await transcripts.DisposeAsync();
        await ledger.DisposeAsync();
        _folder.Dispose();
    }
}
