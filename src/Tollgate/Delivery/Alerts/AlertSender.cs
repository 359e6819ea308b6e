using System.Data.Common;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Alerts.Stores;
using Tollgate.Accounting.Ledger;

namespace Tollgate.Delivery.Alerts;

/// <summary>
/// Sends what the outbox holds, in the background of a gate. It looks once a second, so that it also finds what other
/// processes on the same database have raised; looking reads two indexes that are nearly always empty.
/// </summary>
internal sealed class AlertSender : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2); // Longer than the patience: nobody takes over what is being sent.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);
    private const int AtOnce = 20;

    private readonly AlertSource _source;
    private readonly AlertChannels _channels;
    private readonly AlertRouting _routing;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Guid _me;
    private readonly CancellationTokenSource _stop = new();
    private PeriodicTimer? _timer;
    private Task _running = Task.CompletedTask;
    private DateTimeOffset _purgeAt;

    public AlertSender(AlertSource source, AlertSettings settings, TimeProvider clock, ILogger logger)
    {
        (_source, _clock, _logger) = (source, clock, logger);
        _me = Guid.CreateVersion7(clock.GetUtcNow());
        _channels = new AlertChannels(settings, clock);
        _routing = new AlertRouting(settings);
        source.Tally.Channels = [.. _channels.ByName.Keys];
    }

    /// <summary>Begins to look once a second.</summary>
    public void Start()
    {
        _timer = new PeriodicTimer(Interval, _clock);
        _running = RunAsync(_timer);
    }

    /// <summary>Records what was noticed, makes messages of what is new, and sends what is due; gives the number sent.</summary>
    public async Task<int> StepAsync(CancellationToken cancellation = default)
    {
        var store = _source.Store;
        await _source.Notices.FlushAsync(store, cancellation);
        if (_clock.GetUtcNow() >= _purgeAt)
        {
            await store.PurgeAsync(_clock.GetUtcNow() - Kept, cancellation);
            _purgeAt = _clock.GetUtcNow() + TimeSpan.FromHours(1);
        }

        var sent = 0;
        // Without channels the alerts wait: another process on the database may have some.
        if (_channels.ByName.Count > 0)
        {
            await store.RouteAsync(_routing.Of, cancellation);
            var messages = await store.ClaimAsync(_me, [.. _channels.ByName.Keys], Lease, AtOnce, cancellation);
            sent = (await Task.WhenAll(messages.Select(message => SendAsync(message, cancellation)))).Count(static isSent => isSent);
        }

        _source.Tally.Counts = await store.CountAsync(cancellation);
        _source.Tally.StoreError = null;
        return sent;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _timer?.Dispose();
        await _running;
        await TryAsync(() => _source.Notices.FlushAsync(_source.Store)); // The next gate sends what this one noticed last.
        _channels.Dispose();
        _stop.Dispose();
    }

    private async Task<bool> SendAsync(AlertDelivery message, CancellationToken cancellation)
    {
        if (await TrySendAsync(message, cancellation) is not { } error)
        {
            await _source.Store.SentAsync(message.Id, cancellation);
            _source.Tally.AddSent();
            return true;
        }

        _source.Tally.AddFailed();
        var after = DeliveryRetry.After(message.Id, message.Attempts + 1, _clock.GetUtcNow() - message.Alert.CreatedAt);
        await _source.Store.FailedAsync(message.Id, _me, error, after, cancellation);
        if (after is null) AlertLog.GivenUp(_logger, message.Alert.Id, message.Route.Channel, error);
        else AlertLog.Failed(_logger, message.Alert.Id, message.Route.Channel, error);
        return false;
    }

    /// <summary>Sends; gives the reason where that failed. A process that stops leaves the message to its lease.</summary>
    private async Task<string?> TrySendAsync(AlertDelivery message, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await _channels.ByName[message.Route.Channel].SendAsync(message, either.Token);
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

    private async Task RunAsync(PeriodicTimer timer)
    {
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token)) await TryAsync(() => StepAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The gate stops; what is due is sent by the next one.
        }
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (fault is IOException or DbException or InvalidOperationException or LedgerSchemaException)
        {
            // The store cannot be used now; everything stays where it is.
            if (_source.Tally.StoreError is null) AlertLog.StoreUnavailable(_logger, fault.Message);
            _source.Tally.StoreError = fault.Message;
        }
    }
}

/// <summary>Where alerts come from.</summary>
/// <param name="Store">What is on record.</param>
/// <param name="Notices">What is not there yet.</param>
/// <param name="Tally">How the delivery goes.</param>
internal sealed record AlertSource(IAlertStore Store, AlertNotices Notices, AlertTally Tally);
