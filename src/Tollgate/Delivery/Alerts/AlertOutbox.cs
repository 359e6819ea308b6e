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
    AlertTally tally
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Longer than the timeout, so that no other process takes over a message that is being sent.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);
    private const int AtOnce = 20;

    private DateTimeOffset _purgeAt;

    /// <summary>The state of its messages at the last check.</summary>
    public AlertCounts Counts { get; private set; }

    /// <summary>Stores new alerts.</summary>
    public Task FlushAsync(CancellationToken cancellation = default) => flush(store, cancellation);

    /// <summary>
    /// Stores new alerts, creates their messages, and sends those that are due; returns the number sent.
    /// </summary>
    public async Task<int> StepAsync(CancellationToken cancellation)
    {
        await FlushAsync(cancellation);
        var now = sending.Clock.GetUtcNow();
        if (now >= _purgeAt)
        {
            await store.PurgeAsync(now - Kept, cancellation);
            _purgeAt = now + TimeSpan.FromHours(1);
        }

        var (sent, channels) = (0, sending.Channels.ByName);
        // Without channels the alerts wait: another process on the database may have channels.
        if (channels.Count > 0)
        {
            await store.RouteAsync(sending.Routing.Of, cancellation);
            var messages = await store.ClaimAsync(sending.Me, [.. channels.Keys], Lease, AtOnce, cancellation);
            sent = (await Task.WhenAll(messages.Select(message => SendAsync(message, cancellation)))).Count(
                static isSent => isSent
            );
        }

        Counts = await store.CountAsync(cancellation);
        return sent;
    }

    private async Task<bool> SendAsync(AlertDelivery message, CancellationToken cancellation)
    {
        if (await TrySendAsync(message, cancellation) is not { } error)
        {
            await store.SentAsync(message.Id, cancellation);
            tally.AddSent();
            return true;
        }

        tally.AddFailed();
        var after = DeliveryRetry.After(
            message.Id,
            message.Attempts + 1,
            sending.Clock.GetUtcNow() - message.Alert.CreatedAt
        );
        await store.FailedAsync(message.Id, sending.Me, error, after, cancellation);
        if (after is null)
            AlertLog.GivenUp(sending.Logger, message.Alert.Id, message.Route.Channel, error);
        else
            AlertLog.Failed(sending.Logger, message.Alert.Id, message.Route.Channel, error);
        return false;
    }

    /// <summary>
    /// Sends; returns the reason if that failed. A process that stops leaves the message to its lease.
    /// </summary>
    private async Task<string?> TrySendAsync(AlertDelivery message, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, sending.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await sending.Channels.ByName[message.Route.Channel].SendAsync(message, either.Token);
            return null;
        }
        catch (AlertDeliveryException fault)
        {
            return fault.Message;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"No response within {Patience.TotalSeconds:0} s.";
        }
    }
}

/// <summary>The channels and routing of messages.</summary>
/// <param name="Me">The sending instance.</param>
/// <param name="Channels">The channels.</param>
/// <param name="Routing">The routing of alerts.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Logger">Logs failures.</param>
internal sealed record AlertSending(
    Guid Me,
    AlertChannels Channels,
    AlertRouting Routing,
    TimeProvider Clock,
    ILogger Logger
);
