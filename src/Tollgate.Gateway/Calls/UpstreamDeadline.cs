namespace Tollgate.Gateway.Calls;

/// <summary>
/// The cancellation of one attempt: it fires when the caller leaves (where that ends the call) or when the provider
/// is silent for too long; or the gate stops, at which the web server lets go of the callers. It is rented from
/// <see cref="UpstreamDeadlines"/>, whose one timer looks after all of them.
/// </summary>
internal sealed class UpstreamDeadline(UpstreamDeadlines pool, TimeProvider clock, CancellationToken gateStops)
    : IDisposable
{
    private const long Never = long.MaxValue;

    private readonly CancellationTokenSource _source = new();
    private readonly Lock _ending = new();
    private CancellationTokenRegistration _caller;
    private CancellationToken _callerLeft;
    private long _due = Never;
    private bool _hasFired;
    private bool _isWhole;

    public CancellationToken Token => _source.Token;

    /// <summary>Whether it was the gate's own end that ended the attempt.</summary>
    public bool GateStopped => _source.IsCancellationRequested && gateStops.IsCancellationRequested;

    /// <summary>Whether it was the provider's silence that ended the attempt.</summary>
    public bool TimedOut => _source.IsCancellationRequested && !_callerLeft.IsCancellationRequested;

    /// <summary>Whether the caller left.</summary>
    public bool CallerLeft => _callerLeft.IsCancellationRequested;

    /// <summary>
    /// Begins an attempt; where a leaving caller does not end it, <paramref name="callerLeft"/> cannot be cancelled.
    /// </summary>
    public UpstreamDeadline Begin(TimeSpan firstByteTimeout, CancellationToken callerLeft)
    {
        _callerLeft = callerLeft;
        _isWhole = false;
        // All attempts would meet at the gate's one token; each caller has an own one, which fires when the gate stops
        // as well.
        var ending = callerLeft.CanBeCanceled ? callerLeft : gateStops;
        _caller = ending.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        Rearm(firstByteTimeout);
        return this;
    }

    /// <summary>Starts the wait for the answer's next piece; called only where that piece is not there yet.</summary>
    public void Rearm(TimeSpan timeout) =>
        Volatile.Write(ref _due, clock.GetTimestamp() + (long)(timeout.TotalSeconds * clock.TimestampFrequency));

    /// <summary>
    /// Stops the wait until the next <see cref="Rearm"/>: a caller who reads slowly is no silence of the provider's.
    /// </summary>
    public void Pause() => Volatile.Write(ref _due, Never);

    /// <summary>Says that the answer is here to its end, so that nobody holds the token any more.</summary>
    public void Completed() => _isWhole = true;

    /// <summary>Fires where the wait is over.</summary>
    public void Check(long now)
    {
        if (now < Volatile.Read(ref _due))
            return;
        lock (_ending)
        {
            if (now < _due)
                return; // It ended meanwhile, and may serve another attempt.
            _hasFired = true;
        }

        try
        {
            _source.Cancel();
        }
        catch (AggregateException)
        {
            // What whoever holds the token makes of it is theirs, and must not end the timer, hence the process.
        }
    }

    public void Dispose()
    {
        _caller.Dispose();
        lock (_ending)
        {
            _due = Never;
            if (_isWhole && !_hasFired && _source.TryReset())
            {
                pool.Return(this);
                return;
            }
        }

        pool.Forget(this);
        if (!_hasFired)
            _source.Dispose(); // Otherwise it may be firing just now.
    }
}
