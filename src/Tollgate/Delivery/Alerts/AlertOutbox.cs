using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Alerts.Buffering;
using Tollgate.Accounting.Stores;
using Tollgate.Delivery.Alerts.Channels;

namespace Tollgate.Delivery.Alerts;

/// <summary>
/// One store of alerts, as a gate works it off: what was noticed is put there, gets its messages, and those are sent.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="flush">Puts there what was noticed.</param>
/// <param name="sending">By what, and to whom.</param>
/// <param name="tally">How it goes.</param>
internal sealed class AlertOutbox(
    IAlertStore store,
    Func<IAlertStore, CancellationToken, Task> flush,
    AlertSending sending,
    AlertTally tally
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Longer than the patience: nobody takes over what is being sent.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);
    private const int AtOnce = 20;

    private DateTimeOffset _purgeAt;

    /// <summary>How its messages stood when they were looked at last.</summary>
    public AlertCounts Counts { get; private set; }

    /// <summary>Records what was noticed.</summary>
    public Task FlushAsync(CancellationToken cancellation = default) => flush(store, cancellation);

    /// <summary>
    /// Records what was noticed, makes messages of what is new, and sends what is due; gives the number sent.
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
        // Without channels the alerts wait: another process on the database may have some.
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
    /// Sends; gives the reason where that failed. A process that stops leaves the message to its lease.
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
            return $"No answer within {Patience.TotalSeconds:0} s.";
        }
    }
}

/// <summary>By what messages are sent, and to whom.</summary>
/// <param name="Me">Who sends.</param>
/// <param name="Channels">The channels.</param>
/// <param name="Routing">Who is told what.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Logger">Is told what failed.</param>
internal sealed record AlertSending(
    Guid Me,
    AlertChannels Channels,
    AlertRouting Routing,
    TimeProvider Clock,
    ILogger Logger
);
