namespace Tollgate.Gateway.Calls;

/// <summary>
/// All deadlines of the gateway. One timer checks them four times a second: a timer for each attempt, armed and
/// disarmed with each chunk of a response, costs more than relaying a short response does, and a provider's silence is
/// measured in seconds. Deadlines of complete responses are reused.
/// </summary>
internal sealed class DeadlinePool : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _clock;
    private readonly CancellationToken _gatewayStopping;
    private readonly HashSet<UpstreamDeadline> _all = [];
    private readonly Stack<UpstreamDeadline> _free = new();
    private readonly Lock _lock = new();
    private readonly Lock _checkLock = new();
    private readonly ITimer _timer;
    private UpstreamDeadline[] _snapshot = [];

    public DeadlinePool(TimeProvider clock, CancellationToken gateStops)
    {
        (_clock, _gatewayStopping) = (clock, gateStops);
        _timer = clock.CreateTimer(_ => CheckAll(), null, Interval, Interval);
    }

    /// <inheritdoc cref="UpstreamDeadline.Begin"/>
    public UpstreamDeadline Begin(TimeSpan firstByteTimeout, CancellationToken callerLeft) =>
        Rent().Begin(firstByteTimeout, callerLeft);

    public void Dispose() => _timer.Dispose();

    /// <summary>Returns a deadline that is no longer in use.</summary>
    internal void Return(UpstreamDeadline deadline)
    {
        lock (_lock)
            _free.Push(deadline);
    }

    /// <summary>Stops checking a deadline.</summary>
    internal void Remove(UpstreamDeadline deadline)
    {
        lock (_lock)
            _all.Remove(deadline);
    }

    private UpstreamDeadline Rent()
    {
        lock (_lock)
        {
            if (_free.TryPop(out var free))
                return free;
            var made = new UpstreamDeadline(this, _clock, _gatewayStopping);
            _all.Add(made);
            return made;
        }
    }

    private void CheckAll()
    {
        if (!_checkLock.TryEnter())
            return; // A slow check is still running.
        try
        {
            var count = Snapshot();
            var now = _clock.GetTimestamp();
            foreach (var deadline in _snapshot.AsSpan(0, count))
                deadline.Check(now);
            Array.Clear(_snapshot);
        }
        finally
        {
            _checkLock.Exit();
        }
    }

    private int Snapshot()
    {
        lock (_lock)
        {
            if (_snapshot.Length < _all.Count)
                _snapshot = new UpstreamDeadline[_all.Count * 2];
            _all.CopyTo(_snapshot);
            return _all.Count;
        }
    }
}
