using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Alerts.Buffering;
using Tollgate.Accounting.Stores;
using Tollgate.Delivery.Alerts.Channels;

namespace Tollgate.Delivery.Alerts;

/// <summary>Processes one store of alerts: stores new alerts, creates their messages, and sends them.</summary>
/// <param name="store">The store.</param>
/// <param name="flush">Stores new alerts.</param>
/// <param name="sending">The channels and routing.</param>
/// <param name="tally">The delivery metrics.</param>
internal sealed class AlertOutbox(
    IAlertStore store,
    Func<IAlertStore, CancellationToken, Task> flush,
    AlertSending sending,
    AlertMetrics tally
)
{
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(30);

    // Longer than the timeout, so that no other process takes over a message that is being sent.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Retention = TimeSpan.FromDays(90);
    private const int BatchSize = 20;

    private DateTimeOffset _purgeAt;

    /// <summary>The state of its messages at the last check.</summary>
    public AlertCounts Counts { get; private set; }

    /// <summary>Stores new alerts.</summary>
    public Task FlushAsync(CancellationToken cancellationToken = default) => flush(store, cancellationToken);

    /// <summary>
    /// Stores new alerts, creates their messages, and sends those that are due; returns the number sent.
    /// </summary>
    public async Task<int> ProcessBatchAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        var now = sending.Clock.GetUtcNow();
        if (now >= _purgeAt)
        {
            await store.PurgeAsync(now - Retention, cancellationToken);
            _purgeAt = now + TimeSpan.FromHours(1);
        }

        var (sent, channels) = (0, sending.Channels.ByName);
        // Without channels the alerts wait: another process on the database may have channels.
        if (channels.Count > 0)
        {
            await store.RouteAsync(sending.Routing.Route, cancellationToken);
            var messages = await store.ClaimAsync(
                sending.SenderId,
                [.. channels.Keys],
                Lease,
                BatchSize,
                cancellationToken
            );
            sent = (await Task.WhenAll(messages.Select(message => SendAsync(message, cancellationToken)))).Count(
                static isSent => isSent
            );
        }

        Counts = await store.CountAsync(cancellationToken);
        return sent;
    }

    private async Task<bool> SendAsync(AlertDelivery message, CancellationToken cancellationToken)
    {
        if (await TrySendAsync(message, cancellationToken) is not { } error)
        {
            // Even while the process stops: a message that is not marked would be sent again.
            await store.MarkSentAsync(message.Id, CancellationToken.None);
            tally.AddSent();
            return true;
        }

        tally.AddFailed();
        var after = AlertRetryPolicy.NextDelay(
            message.Id,
            message.Attempts + 1,
            sending.Clock.GetUtcNow() - message.Alert.CreatedAt
        );
        await store.MarkFailedAsync(message.Id, sending.SenderId, error, after, cancellationToken);
        if (after is null)
            AlertLog.Abandoned(sending.Logger, message.Alert.Id, message.Route.Channel, error);
        else
            AlertLog.Failed(sending.Logger, message.Alert.Id, message.Route.Channel, error);
        return false;
    }

    /// <summary>
    /// Sends; returns the reason if that failed. A process that stops leaves the message to its lease.
    /// </summary>
    private async Task<string?> TrySendAsync(AlertDelivery message, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(SendTimeout, sending.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await sending.Channels.ByName[message.Route.Channel].SendAsync(message, either.Token);
            return null;
        }
        catch (AlertDeliveryException exception)
        {
            return exception.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"No response within {SendTimeout.TotalSeconds:0} s.";
        }
    }
}

/// <summary>The channels and routing of messages.</summary>
/// <param name="SenderId">The sending instance.</param>
/// <param name="Channels">The channels.</param>
/// <param name="Routing">The routing of alerts.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Logger">Logs failures.</param>
internal sealed record AlertSending(
    Guid SenderId,
    AlertChannels Channels,
    AlertRouting Routing,
    TimeProvider Clock,
    ILogger Logger
);
