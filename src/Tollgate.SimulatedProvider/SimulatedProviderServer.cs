using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tollgate.SimulatedProvider.Scripting;

namespace Tollgate.SimulatedProvider;

/// <summary>
/// A provider of three dialects on a loopback port. It follows the directives in prompts and keeps a bill of what it
/// sent over the wire. See the project's README for both.
/// </summary>
public sealed class SimulatedProviderServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private SimulatedProviderServer(WebApplication application, IReadOnlyList<Uri> addresses)
    {
        _application = application;
        BaseAddress = addresses[0];
        Http2BaseAddress = addresses.Count > 1 ? addresses[1] : null;
    }

    /// <summary>The address that it listens on, with the actual port.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The address of its clear-text HTTP/2 endpoint, if requested.</summary>
    public Uri? Http2BaseAddress { get; }

    /// <summary>Starts a server, which runs until it is disposed.</summary>
    /// <exception cref="ArgumentException">
    /// An address is not a loopback address, or a probability is invalid.
    /// </exception>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<SimulatedProviderServer> StartAsync(
        SimulatedProviderOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Failures.Validate() is { } error)
            throw new ArgumentException(error, nameof(options));
        var application = Build(options);
        application.Run(new RequestDispatcher(options).HandleAsync);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        return new SimulatedProviderServer(application, Addresses(application));
    }

    /// <summary>Stops listening and ends the calls in flight.</summary>
    public async ValueTask DisposeAsync()
    {
        // A hanging call is cut immediately: a simulation is not worth waiting for.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        try
        {
            await _application.StopAsync(now.Token);
        }
        catch (OperationCanceledException) { }

        await _application.DisposeAsync();
    }

    private static WebApplication Build(SimulatedProviderOptions options)
    {
        // The empty builder brings no logging, configuration or environment: nothing to read, nothing to print.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            Listen(kestrel, options.ListenUrl, HttpProtocols.Http1);
            if (options.Http2ListenUrl is { } http2)
                Listen(kestrel, http2, HttpProtocols.Http2);
        });
        builder.Services.AddSingleton<IHostLifetime, UntilDisposed>();
        return builder.Build();
    }

    private static void Listen(KestrelServerOptions kestrel, Uri url, HttpProtocols protocols)
    {
        if (!url.IsLoopback)
            throw new ArgumentException(
                "The simulated provider only listens on loopback addresses, not " + url,
                nameof(url)
            );
        var address = url.HostNameType is UriHostNameType.IPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        kestrel.Listen(address, url.Port, listen => listen.Protocols = protocols);
    }

    private static Uri[] Addresses(WebApplication application)
    {
        var server = application.Services.GetRequiredService<IServer>();
        return [.. server.Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];
    }

    /// <summary>The process's signals belong to the program that started this server, not to the server.</summary>
    private sealed class UntilDisposed : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
