using System.Data.Common;
using Tollgate.Accounting;
using Tollgate.Accounting.Alerts.Buffering;
using Tollgate.Accounting.Stores;
using Tollgate.Delivery.Alerts.Channels;

namespace Tollgate.Delivery.Alerts;

/// <summary>
/// Sends the messages of the outboxes, in the background of a gateway. It polls once a second, so that it also finds
/// alerts raised by other processes on the same database; polling reads two indexes that are almost always empty.
/// </summary>
internal sealed class AlertSender : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly AlertMetrics _tally;
    private readonly AlertOutbox[] _outboxes;
    private readonly AlertChannels _channels;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private PeriodicTimer? _timer;
    private Task _running = Task.CompletedTask;

    public AlertSender(AlertSource source, AlertSettings settings, TimeProvider clock, ILogger logger)
    {
        (_tally, _clock, _logger) = (source.Metrics, clock, logger);
        _channels = new AlertChannels(settings, clock);
        _tally.Channels = [.. _channels.ByName.Keys];
        var sending = new AlertSending(
            Guid.CreateVersion7(clock.GetUtcNow()),
            _channels,
            new AlertRouting(settings),
            clock,
            logger
        );
        var notices = source.Buffer;
        _outboxes = source.LocalStore is { } own
            ?
            [
                new AlertOutbox(own, notices.FlushLocalAsync, sending, _tally),
                new AlertOutbox(source.Store, notices.FlushAsync, sending, _tally),
            ]
            : [new AlertOutbox(source.Store, FlushAllAsync, sending, _tally)];

        async Task FlushAllAsync(IAlertStore store, CancellationToken cancellationToken)
        {
            await notices.FlushLocalAsync(store, cancellationToken);
            await notices.FlushAsync(store, cancellationToken);
        }
    }

    /// <summary>Starts polling once a second.</summary>
    public void Start()
    {
        _timer = new PeriodicTimer(Interval, _clock);
        _running = RunAsync(_timer);
    }

    /// <summary>
    /// Processes the outboxes in parallel, so that an unavailable server does not delay the others. Returns the number
    /// sent.
    /// </summary>
    public async Task<int> ProcessBatchAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var sent = await Task.WhenAll(_outboxes.Select(outbox => outbox.ProcessBatchAsync(cancellationToken)));
            _tally.StoreFailingSince = null;
            return sent.Sum();
        }
        finally
        {
            _tally.Counts = _outboxes.Aggregate(default(AlertCounts), static (sum, outbox) => sum + outbox.Counts);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _timer?.Dispose();
        await _running;
        foreach (var outbox in _outboxes)
            await TryAsync(() => outbox.FlushAsync()); // The next gateway sends the last alerts of this one.
        _channels.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(PeriodicTimer timer)
    {
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
                await TryAsync(() => ProcessBatchAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The gateway is stopping; messages that are due are sent by the next one.
        }
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception)
            when (exception is IOException or DbException or InvalidOperationException or LedgerSchemaException)
        {
            // The store is unavailable now; everything stays in place.
            if (_tally.StoreFailingSince is not null)
                return;
            AlertLog.StoreUnavailable(_logger, exception.Message);
            _tally.StoreFailingSince = _clock.GetUtcNow();
        }
    }
}

/// <summary>The sources of alerts.</summary>
/// <param name="Store">The stored alerts.</param>
/// <param name="Buffer">Alerts that are not stored yet.</param>
/// <param name="Metrics">The delivery metrics.</param>
/// <param name="LocalStore">The alerts stored in the data folder, if the store is a server.</param>
internal sealed record AlertSource(
    IAlertStore Store,
    AlertBuffer Buffer,
    AlertMetrics Metrics,
    IAlertStore? LocalStore = null
);
