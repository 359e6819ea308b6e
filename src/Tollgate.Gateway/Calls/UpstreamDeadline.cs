namespace Tollgate.Gateway.Calls;

/// <summary>
/// The cancellation of one attempt. It fires when the caller disconnects (if that ends the call), when the provider is
/// silent for too long, or when the gateway stops and the web server drops the callers. It is rented from
/// <see cref="DeadlinePool"/>, whose single timer serves all of them.
/// </summary>
internal sealed class UpstreamDeadline(DeadlinePool pool, TimeProvider clock, CancellationToken gateStops) : IDisposable
{
    private const long Never = long.MaxValue;

    private readonly CancellationTokenSource _source = new();
    private readonly Lock _ending = new();
    private CancellationTokenRegistration _caller;
    private CancellationToken _callerDisconnected;
    private long _due = Never;
    private bool _hasFired;
    private bool _isComplete;

    public CancellationToken Token => _source.Token;

    /// <summary>True if the gateway's shutdown ended the attempt.</summary>
    public bool GatewayStopped => _source.IsCancellationRequested && gateStops.IsCancellationRequested;

    /// <summary>True if the provider's silence ended the attempt.</summary>
    public bool TimedOut => _source.IsCancellationRequested && !_callerDisconnected.IsCancellationRequested;

    /// <summary>True if the caller disconnected.</summary>
    public bool CallerDisconnected => _callerDisconnected.IsCancellationRequested;

    /// <summary>
    /// Begins an attempt; if a disconnect does not end it, pass a <paramref name="callerDisconnected"/> that cannot be
    /// canceled.
    /// </summary>
    public UpstreamDeadline Begin(TimeSpan firstByteTimeout, CancellationToken callerDisconnected)
    {
        _callerDisconnected = callerDisconnected;
        _isComplete = false;
        // All attempts would contend for the gateway's one token; each caller has its own, which fires when the gateway
        // stops, too.
        var ending = callerDisconnected.CanBeCanceled ? callerDisconnected : gateStops;
        _caller = ending.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        Rearm(firstByteTimeout);
        return this;
    }

    /// <summary>
    /// Starts the wait for the next chunk of the response; called only if that chunk has not arrived yet.
    /// </summary>
    public void Rearm(TimeSpan timeout) =>
        Volatile.Write(ref _due, clock.GetTimestamp() + (long)(timeout.TotalSeconds * clock.TimestampFrequency));

    /// <summary>
    /// Stops the wait until the next <see cref="Rearm"/>: a slow caller does not count as silence of the provider.
    /// </summary>
    public void Pause() => Volatile.Write(ref _due, Never);

    /// <summary>Marks the response as complete, so that the token is no longer in use.</summary>
    public void Complete() => _isComplete = true;

    /// <summary>Fires if the wait is over.</summary>
    public void Check(long now)
    {
        if (now < Volatile.Read(ref _due))
            return;
        lock (_ending)
        {
            if (now < _due)
                return; // It has ended in the meantime, and may serve another attempt.
            _hasFired = true;
        }

        try
        {
            _source.Cancel();
        }
        catch (AggregateException)
        {
            // An exception thrown by a callback on the token must not end the timer, and with it the process.
        }
    }

    public void Dispose()
    {
        _caller.Dispose();
        lock (_ending)
        {
            _due = Never;
            if (_isComplete && !_hasFired && _source.TryReset())
            {
                pool.Return(this);
                return;
            }
        }

        pool.Remove(this);
        if (!_hasFired)
            _source.Dispose(); // Otherwise it may be firing at this moment.
    }
}
