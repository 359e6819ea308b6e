using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Tollgate.Gateway.Calls;
using Tollgate.Gateway.Routing;

namespace Tollgate.Gateway.Forwarding;

/// <summary>One connection pool per authority, for the lifetime of the gateway.</summary>
internal sealed class UpstreamClients : IDisposable
{
    private readonly TimeSpan _connectTimeout;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<(string Authority, bool Http2), HttpMessageInvoker> _clients = new();

    public UpstreamClients(RoutingOptions options, TimeProvider clock)
    {
        _connectTimeout = options.ConnectTimeout;
        Deadlines = new DeadlinePool(clock, _stopping.Token);
    }

    /// <summary>The deadlines of all attempts.</summary>
    public DeadlinePool Deadlines { get; }

    /// <summary>The addresses that requests share.</summary>
    public UpstreamAddresses Addresses { get; } = new();

    /// <summary>The pool for a deployment.</summary>
    public HttpMessageInvoker For(Deployment deployment) =>
        _clients.GetOrAdd(
            (deployment.Authority, deployment.Http2Cleartext),
            static (_, timeout) => Create(timeout),
            _connectTimeout
        );

    /// <summary>Aborts the calls in flight.</summary>
    public Task AbortInFlightAsync() => _stopping.CancelAsync();

    public void Dispose()
    {
        Deadlines.Dispose();
        _stopping.Dispose();
        foreach (var client in _clients.Values)
            client.Dispose();
    }

    private static HttpMessageInvoker Create(TimeSpan connectTimeout) =>
        new(
            new SocketsHttpHandler
            {
                // Bytes pass unchanged: nothing is decoded, redirected, stored or traced on the way.
                AutomaticDecompression = DecompressionMethods.None,
                AllowAutoRedirect = false,
                UseCookies = false,
                ActivityHeadersPropagator = null,
                // As the callers' headers are read: other characters are not ASCII, and would not be sent at all.
                RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
                ConnectTimeout = connectTimeout,
                EnableMultipleHttp2Connections = true,
                // Providers change addresses: resolve their names again from time to time.
                PooledConnectionLifetime = TimeSpan.FromMinutes(10),
                PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            },
            disposeHandler: true
        );
}
