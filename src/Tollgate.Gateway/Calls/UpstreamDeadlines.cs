namespace Tollgate.Gateway.Calls;

/// <summary>
/// All deadlines of the gateway. One timer checks them four times a second: a timer for each attempt, armed and
/// disarmed with each chunk of a response, costs more than relaying a short response does, and a provider's silence is
/// measured in seconds. Deadlines of complete responses are reused.
/// </summary>
internal sealed class UpstreamDeadlines : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _clock;
    private readonly CancellationToken _gateStops;
    private readonly HashSet<UpstreamDeadline> _all = [];
    private readonly Stack<UpstreamDeadline> _free = new();
    private readonly Lock _lock = new();
    private readonly Lock _look = new();
    private readonly ITimer _timer;
    private UpstreamDeadline[] _looking = [];

    public UpstreamDeadlines(TimeProvider clock, CancellationToken gateStops)
    {
        (_clock, _gateStops) = (clock, gateStops);
        _timer = clock.CreateTimer(_ => Look(), null, Interval, Interval);
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
    internal void Forget(UpstreamDeadline deadline)
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
            var made = new UpstreamDeadline(this, _clock, _gateStops);
            _all.Add(made);
            return made;
        }
    }

    private void Look()
    {
        if (!_look.TryEnter())
            return; // A slow check is still running.
        try
        {
            var count = Snapshot();
            var now = _clock.GetTimestamp();
            foreach (var deadline in _looking.AsSpan(0, count))
                deadline.Check(now);
            Array.Clear(_looking);
        }
        finally
        {
            _look.Exit();
        }
    }

    private int Snapshot()
    {
        lock (_lock)
        {
            if (_looking.Length < _all.Count)
                _looking = new UpstreamDeadline[_all.Count * 2];
            _all.CopyTo(_looking);
            return _all.Count;
        }
    }
}
