namespace Tollgate.Gateway.Forwarding;

/// <summary>
/// The cancellation of one attempt: it fires when the caller leaves (where that ends the call) or when the provider
/// is silent for too long; or the gate stops, at which the web server lets go of the callers.
/// </summary>
internal sealed class UpstreamDeadline : IDisposable
{
    // Arming a timer for each piece of a stream would cost more than relaying it; a second's slack costs nothing.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _caller;
    private readonly CancellationToken _callerLeft;
    private readonly CancellationToken _gateStops;
    private long _armedAt;
    private bool _isArmed;

    /// <summary>A deadline for one attempt; where a leaving caller does not end it, <paramref name="callerLeft"/> cannot be cancelled.</summary>
    public UpstreamDeadline(TimeProvider clock, TimeSpan firstByteTimeout, CancellationToken callerLeft, CancellationToken gateStops)
    {
        _clock = clock;
        _callerLeft = callerLeft;
        _gateStops = gateStops;
        _source = new CancellationTokenSource(firstByteTimeout, clock);
        // All attempts would meet at the gate's one token; each caller has an own one, which fires when the gate stops as well.
        var ending = callerLeft.CanBeCanceled ? callerLeft : gateStops;
        _caller = ending.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether it was the gate's own end that ended the attempt.</summary>
    public bool GateStopped => _source.IsCancellationRequested && _gateStops.IsCancellationRequested;

    /// <summary>Whether it was the provider's silence that ended the attempt.</summary>
    public bool TimedOut => _source.IsCancellationRequested && !_callerLeft.IsCancellationRequested;

    /// <summary>Whether the caller left.</summary>
    public bool CallerLeft => _callerLeft.IsCancellationRequested;

    /// <summary>Starts the wait for the answer's next piece; called only where that piece is not there yet.</summary>
    public void Rearm(TimeSpan idleTimeout)
    {
        var now = _clock.GetTimestamp();
        if (_isArmed && _clock.GetElapsedTime(_armedAt, now) < Slack) return;
        (_armedAt, _isArmed) = (now, true);
        _source.CancelAfter(idleTimeout);
    }

    /// <summary>Stops the wait until the next <see cref="Rearm"/>: a caller who reads slowly is no silence of the provider's.</summary>
    public void Pause()
    {
        _isArmed = false;
        _source.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _caller.Dispose();
        _source.Dispose();
    }
}
