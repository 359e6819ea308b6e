using System.Net.Http.Headers;

namespace Tollgate.Client;

/// <summary>
/// A client of a gateway's management API. Its methods may be called at the same time. Each throws a
/// <see cref="TollgateProblemException"/> if the gateway refuses the request, and an <see cref="HttpRequestException"/>
/// if it cannot be reached.
/// </summary>
public sealed class TollgateClient : IDisposable
{
    private readonly HttpClient? _owned;

    /// <summary>Creates a client with a token.</summary>
    /// <param name="address">The address of the gateway, such as <c>http://localhost:8000</c>.</param>
    /// <param name="token">An access token, a service token, or a virtual key.</param>
    public TollgateClient(Uri address, string token)
        : this(CreateHttp(address, token)) => _owned = Connection.Http;

    /// <summary>Creates a client over an HTTP client that has the address and sends the credential.</summary>
    /// <param name="http">The HTTP client, with its base address; it stays open.</param>
    /// <exception cref="ArgumentException">It has no base address.</exception>
    public TollgateClient(HttpClient http)
    {
        Connection = new ApiConnection(http);
        Jobs = new JobClient(Connection, TimeProvider.System);
        Simulations = new SimulationClient(Connection, Jobs);
        Usage = new UsageClient(Connection);
        Keys = new KeyClient(Connection);
        Limits = new LimitClient(Connection);
    }

    /// <summary>Simulations, analyses, and collections.</summary>
    public SimulationClient Simulations { get; }

    /// <summary>Work in the background.</summary>
    public JobClient Jobs { get; }

    /// <summary>Recorded usage.</summary>
    public UsageClient Usage { get; }

    /// <summary>Virtual keys.</summary>
    public KeyClient Keys { get; }

    /// <summary>Limits.</summary>
    public LimitClient Limits { get; }

    private ApiConnection Connection { get; }

    /// <inheritdoc/>
    public void Dispose() => _owned?.Dispose();

    private static HttpClient CreateHttp(Uri address, string token)
    {
        // Results may be large, and a wait for a job is long: each call is bounded by its own token.
        var http = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }
}
