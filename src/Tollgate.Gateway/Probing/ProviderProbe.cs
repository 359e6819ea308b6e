using System.Net;
using Tollgate.Gateway.Forwarding;
using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Routing;

namespace Tollgate.Gateway.Probing;

/// <summary>
/// Tests the key of a deployment with a small request that costs nothing: for the provider's list of models.
/// </summary>
/// <param name="clock">The clock.</param>
public sealed class ProviderProbe(TimeProvider clock) : IDisposable
{
    /// <summary>How long a test waits for a response.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private const string AnthropicVersion = "2023-06-01";

    private readonly HttpMessageInvoker _client = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            ConnectCallback = GuardedConnector.ConnectAsync,
            // A test is about the connection, too.
            PooledConnectionLifetime = TimeSpan.Zero,
        },
        disposeHandler: true
    );

    /// <summary>Sends the request, and returns the status of the response. Redirects are not followed.</summary>
    /// <param name="deployment">The deployment, with its address and key.</param>
    /// <param name="cancellationToken">Cancels the test.</param>
    public async Task<ProbeResult> SendAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = CreateRequest(deployment);
            using var response = await _client.SendAsync(request, either.Token);
            return new ProbeResult(
                GetOutcome(response.StatusCode),
                (int)response.StatusCode,
                clock.GetElapsedTime(began)
            );
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested
            )
        {
            var outcome =
                exception.InnerException is ForbiddenAddressException
                    ? ProbeOutcome.AddressRefused
                    : ProbeOutcome.Unreachable;
            return new ProbeResult(outcome, null, clock.GetElapsedTime(began));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static ProbeOutcome GetOutcome(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ProbeOutcome.Refused,
            >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => ProbeOutcome.Ok,
            _ => ProbeOutcome.Failed,
        };

    private static HttpRequestMessage CreateRequest(Deployment deployment)
    {
        var request = new HttpRequestMessage(
            HttpMethod.Get,
            UpstreamAddresses.Join(deployment.BaseAddress, GetPath(deployment))
        )
        {
            Version = deployment.Http2Cleartext ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = deployment.Http2Cleartext
                ? HttpVersionPolicy.RequestVersionExact
                : HttpVersionPolicy.RequestVersionOrHigher,
        };
        foreach (var (name, value) in deployment.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (deployment.Dialect == WireDialect.Anthropic)
            request.Headers.TryAddWithoutValidation("anthropic-version", AnthropicVersion);
        HeaderRules.AddKey(request.Headers, deployment);
        return request;
    }

    private static string GetPath(Deployment deployment) =>
        deployment switch
        {
            { Dialect: WireDialect.Anthropic } => "/v1/models?limit=1",
            { Dialect: WireDialect.Gemini } => "/v1beta/models?pageSize=1",
            { Provider: "azure", ApiVersion: { } version } =>
                $"/openai/models?api-version={Uri.EscapeDataString(version)}",
            _ => "/models",
        };
}
