using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Recording;
using Tollgate.Gateway.Routing;
using Tollgate.Gateway.Telemetry;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;
using Tollgate.Testing;

namespace Tollgate.Gateway.Tests;

/// <summary>A real gateway on a free port, with a ledger in a folder of its own.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;

    private TestGateway(TemporaryFolder folder, WebApplication app, LedgerOptions options)
    {
        (_folder, _app, LedgerOptions) = (folder, app, options);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromMinutes(2) };
    }

    public LedgerOptions LedgerOptions { get; }

    public UsageLedger Ledger => _app.Services.GetRequiredService<UsageLedger>();

    public AdmissionController Admission => _app.Services.GetRequiredService<AdmissionController>();

    /// <summary>The audit log, where the test has one.</summary>
    public TranscriptLog? Audit => _app.Services.GetService<TranscriptLog>();

    public HttpClient Client { get; }

    /// <summary>The owner of the gateway's meter.</summary>
    public IMeterFactory Meters => _app.Services.GetRequiredService<IMeterFactory>();

    public Task<string> ReadMetricsAsync() => _app.Services.GetRequiredService<MetricsPage>().WriteAsync();

    /// <summary>A gateway whose three providers are at one address.</summary>
    public static Task<TestGateway> InFrontOfAsync(
        Uri provider,
        Func<RoutingOptions, RoutingOptions>? routing = null,
        TimeProvider? clock = null
    ) => StartAsync(new GatewayOptions { Routing = (routing ?? (options => options))(RoutingTo(provider)) }, clock);

    /// <param name="options">The gateway's options.</param>
    /// <param name="clock">The clock; the system's, where none is given.</param>
    /// <param name="audit">What is audited, from the defaults; null for a gateway without an audit log.</param>
    /// <param name="prepare">What is to be done to the ledger before the gateway reads it, such as making keys.</param>
    /// <param name="limits">The limits in force.</param>
    public static async Task<TestGateway> StartAsync(
        GatewayOptions options,
        TimeProvider? clock = null,
        Func<TranscriptOptions, TranscriptOptions>? audit = null,
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
        var log = audit is null
            ? null
            : await TranscriptLog.OpenAsync(
                audit(new TranscriptOptions { DataFolder = folder.Path, TimeProvider = clock })
            );
        var keys = await RegistryWatcher.StartAsync(ledgerOptions);
        var admission = new AdmissionController(ledger.Limits, ledger.InstanceId, clock);
        admission.Use(limits ?? []);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder
            .WebHost.UseUrls("http://127.0.0.1:0")
            .ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder
            .Services.AddSingleton(ledger)
            .AddSingleton(keys)
            .AddSingleton(admission)
            .AddSingleton(pricer)
            .AddSingleton(clock);
        if (log is not null)
            builder.Services.AddSingleton(log);
        builder.Services.AddTollgateGateway(options);
        var app = builder.Build();
        app.MapTollgateGateway();
        await app.StartAsync();
        return new TestGateway(folder, app, ledgerOptions);
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

    /// <summary>Posts JSON as it stands, and gives the answer as soon as its head is there.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string json, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>A chat call whose prompt carries a script for the simulated provider.</summary>
    public Task<HttpResponseMessage> ChatAsync(string script, string more = "") =>
        PostAsync(
            "/v1/chat/completions",
            $$"""{"model":"gpt-4o"{{more}},"messages":[{"role":"user","content":"[[sim {{script}}]]"}]}"""
        );

    /// <summary>All records, the first one first.</summary>
    public async Task<IReadOnlyList<UsageRecord>> RecordsAsync() =>
        [.. (await Ledger.Query.TailAsync(100_000)).Reverse()];

    /// <summary>
    /// Waits until so many records are booked: a call whose caller left is booked after the caller is gone.
    /// </summary>
    public async Task<IReadOnlyList<UsageRecord>> RecordsAsync(int count)
    {
        IReadOnlyList<UsageRecord> records = [];
        await Eventually.BecomesTrueAsync(async () => (records = await RecordsAsync()).Count >= count);
        return records;
    }

    public async ValueTask DisposeAsync()
    {
        var (ledger, admission, audit) = (Ledger, Admission, Audit);
        var keys = _app.Services.GetRequiredService<RegistryWatcher>();
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await admission.DisposeAsync();
        await keys.DisposeAsync();
        if (audit is not null)
            await audit.DisposeAsync();
        await ledger.DisposeAsync();
        _folder.Dispose();
    }
}
