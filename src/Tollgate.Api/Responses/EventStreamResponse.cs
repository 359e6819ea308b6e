using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Tollgate.Api.Responses;

/// <summary>
/// Server-sent events: each is sent when it is there, and a comment if there is none for a while, so that no proxy
/// takes the connection for dead. It ends with its events, with the connection, or when the program stops.
/// </summary>
/// <param name="events">The events.</param>
/// <param name="time">The clock of the heartbeats.</param>
internal sealed class EventStreamResponse(IAsyncEnumerable<ServerEvent> events, TimeProvider time) : ApiResponse
{
    /// <summary>The time without an event after which a heartbeat is sent.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    protected override async Task SendBodyAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var response = http.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no"; // Nginx would hold events back.
        await response.Body.FlushAsync(cancellationToken);
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        try
        {
            await SendEventsAsync(response, ended);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The reader connects again when the program has restarted.
        }
    }

    private async Task SendEventsAsync(HttpResponse response, CancellationTokenSource ended)
    {
        await using var reader = events.GetAsyncEnumerator(ended.Token);
        while (true)
        {
            var next = reader.MoveNextAsync().AsTask();
            try
            {
                while (!await IsReadyAsync(next, ended.Token))
                    await WriteAsync(response, ": heartbeat\n\n", ended.Token);
            }
            catch
            {
                // An iterator must not be disposed while it runs.
                await ended.CancelAsync();
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }

            if (!await next)
                return;
            await WriteAsync(response, reader.Current.ToString(), ended.Token);
        }
    }

    /// <summary>Waits for the next event; returns false if there is none within the interval.</summary>
    private async Task<bool> IsReadyAsync(Task next, CancellationToken cancellationToken)
    {
        try
        {
            await next.WaitAsync(HeartbeatInterval, time, cancellationToken);
        }
        catch (TimeoutException) when (!next.IsCompleted)
        {
            return false;
        }

        return true;
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
