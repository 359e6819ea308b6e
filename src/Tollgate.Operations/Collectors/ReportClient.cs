using System.Net;
using System.Text.Json;

namespace Tollgate.Operations.Collectors;

/// <summary>
/// Fetches pages from a provider, and retries if that can help: after 429 and 5xx, and after a broken connection.
/// </summary>
/// <param name="access">The address and the key.</param>
/// <param name="time">The clock for delays.</param>
/// <param name="firstDelay">The delay before the second attempt, doubled each time.</param>
internal sealed class ReportClient(ReportAccess access, TimeProvider time, TimeSpan firstDelay) : IDisposable
{
    private const int MaxAttempts = 5;
    private const int MaxConnectAttempts = 3;
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(5);

    // A redirect would carry the key to another place.
    private readonly HttpClient _http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(15),
        }
    )
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = 256 * 1024 * 1024,
    };

    public ReportAccess Access => access;

    /// <summary>Fetches a page as JSON.</summary>
    /// <param name="address">The address relative to the base address, with its query.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="CollectorException">The page cannot be fetched. The message contains the address without its
    /// query, and what to do.</exception>
    public async Task<JsonDocument> GetAsync(string address, CancellationToken cancellationToken)
    {
        var url = new Uri(access.BaseAddress.AbsoluteUri.TrimEnd('/') + "/" + address);
        var shown = url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        for (var attempt = 1; ; attempt++)
        {
            var (body, refusal) = await TryAsync(url, shown, cancellationToken);
            if (body is not null)
                return Parse(body, shown);
            var wait = refusal!.RetryAfter ?? firstDelay * (1 << (attempt - 1));
            if (attempt >= refusal.Attempts || wait > MaxDelay)
                throw new CollectorException(FormatFailure(refusal, attempt), refusal.Cause);
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<(byte[]? Body, FetchFailure? Refusal)> TryAsync(
        Uri url,
        string shown,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new CancellationTokenSource(RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            access.Sign(request);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(either.Token);
            return answer.StatusCode == HttpStatusCode.OK ? (body, null) : (null, CreateFailure(answer, body, shown));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (
                null,
                new FetchFailure(
                    $"{shown} did not respond within {RequestTimeout.TotalSeconds:0} s",
                    MaxConnectAttempts,
                    null,
                    null
                )
            );
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (
                null,
                new FetchFailure(
                    $"{shown} could not be reached: {(exception.InnerException ?? exception).Message.TrimEnd('.')}",
                    MaxConnectAttempts,
                    null,
                    exception
                )
            );
        }
    }

    private FetchFailure CreateFailure(HttpResponseMessage answer, byte[] body, string shown)
    {
        var status = (int)answer.StatusCode;
        var said = access.Redact(ProviderErrorMessage.Parse(body));
        var text = $"{shown} responded with {status}{(said.Length == 0 ? "" : $" ({said})")}{Advice(status)}";
        return new FetchFailure(text, status is 408 or 429 or >= 500 ? MaxAttempts : 1, Delay(answer), null);
    }

    private string Advice(int status) =>
        status switch
        {
            401 or 403 => $". {access.Variable} must hold "
                + (
                    access.Provider == "google"
                        ? "a token that may read Cloud Monitoring (monitoring.viewer)"
                        : "an admin key of the organization"
                ),
            404 => ". Is the base URL right?",
            429 => ". The provider limits the request rate: "
                + "run the same command again later, it continues where it stopped",
            >= 500 => ". Run the same command again later, it continues where it stopped",
            _ => "",
        };

    private TimeSpan? Delay(HttpResponseMessage answer)
    {
        var delay = answer.Headers.RetryAfter is { Date: { } at }
            ? at - time.GetUtcNow()
            : answer.Headers.RetryAfter?.Delta;
        return delay < TimeSpan.Zero ? TimeSpan.Zero : delay;
    }

    private static string FormatFailure(FetchFailure refusal, int attempts) =>
        $"{refusal.Text}. Nothing was collected from it{(attempts > 1 ? $" in {attempts} attempts" : "")}.";

    private static JsonDocument Parse(byte[] body, string shown)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException exception)
        {
            throw new CollectorException(
                $"{shown} responded with incomplete or invalid JSON ({body.Length} bytes). Is the base URL right?",
                exception
            );
        }
    }

    private sealed record FetchFailure(string Text, int Attempts, TimeSpan? RetryAfter, Exception? Cause);
}
