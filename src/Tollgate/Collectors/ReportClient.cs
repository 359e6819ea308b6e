using System.Net;
using System.Text.Json;

namespace Tollgate.Collectors;

/// <summary>
/// Fetches pages from a provider, and retries if that can help: after 429 and 5xx, and after a broken connection.
/// </summary>
/// <param name="access">The address and the key.</param>
/// <param name="time">The clock for delays.</param>
/// <param name="firstDelay">The delay before the second attempt, doubled each time.</param>
internal sealed class ReportClient(ReportAccess access, TimeProvider time, TimeSpan firstDelay) : IDisposable
{
    private const int Attempts = 5;
    private const int AttemptsToConnect = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

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
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = 256 * 1024 * 1024,
    };

    public ReportAccess Access => access;

    /// <summary>Fetches a page as JSON.</summary>
    /// <param name="address">The address relative to the base address, with its query.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="CollectorException">The page cannot be fetched. The message contains the address without its
    /// query, and what to do.</exception>
    public async Task<JsonDocument> GetAsync(string address, CancellationToken cancellation)
    {
        var url = new Uri(access.BaseAddress.AbsoluteUri.TrimEnd('/') + "/" + address);
        var shown = url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        for (var attempt = 1; ; attempt++)
        {
            var (body, refusal) = await TryAsync(url, shown, cancellation);
            if (body is not null)
                return Parse(body, shown);
            var wait = refusal!.RetryAfter ?? firstDelay * (1 << (attempt - 1));
            if (attempt >= refusal.Attempts || wait > LongestWait)
                throw new CollectorException(Words(refusal, attempt), refusal.Cause);
            await Task.Delay(wait, time, cancellation);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<(byte[]? Body, Refusal? Refusal)> TryAsync(Uri url, string shown, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            access.Sign(request);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(either.Token);
            return answer.StatusCode == HttpStatusCode.OK ? (body, null) : (null, Refused(answer, body, shown));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (
                null,
                new Refusal(
                    $"{shown} did not respond within {Patience.TotalSeconds:0} s",
                    AttemptsToConnect,
                    null,
                    null
                )
            );
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return (
                null,
                new Refusal(
                    $"{shown} could not be reached: {(fault.InnerException ?? fault).Message.TrimEnd('.')}",
                    AttemptsToConnect,
                    null,
                    fault
                )
            );
        }
    }

    private Refusal Refused(HttpResponseMessage answer, byte[] body, string shown)
    {
        var status = (int)answer.StatusCode;
        var said = access.WithoutSecret(ErrorText.Of(body));
        var text = $"{shown} responded with {status}{(said.Length == 0 ? "" : $" ({said})")}{Advice(status)}";
        return new Refusal(text, status is 408 or 429 or >= 500 ? Attempts : 1, Delay(answer), null);
    }

    private string Advice(int status) =>
        status switch
        {
            401 or 403 => $". {access.Variable} must hold "
                + $"{(access.Provider == "google" ? "a token that may read Cloud Monitoring (monitoring.viewer)" : "an admin key of the organization")}",
            404 => ". Is the base URL right?",
            429 => ". The provider limits the request rate: run the same command again later, it continues where it "
                + "stopped",
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

    private static string Words(Refusal refusal, int attempts) =>
        $"{refusal.Text}. Nothing was collected from it{(attempts > 1 ? $" in {attempts} attempts" : "")}.";

    private static JsonDocument Parse(byte[] body, string shown)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException fault)
        {
            throw new CollectorException(
                $"{shown} responded with incomplete or invalid JSON ({body.Length} bytes). Is the base URL right?",
                fault
            );
        }
    }

    private sealed record Refusal(string Text, int Attempts, TimeSpan? RetryAfter, Exception? Cause);
}
