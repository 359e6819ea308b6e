namespace Tollgate.Testing;

/// <summary>
/// A clock that stands still until it is advanced. Timers that fall due run within <see cref="Advance"/>, on its
/// thread, each at its own time and in order, so that what they did is done when it returns.
/// </summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly SemaphoreSlim _timerSet = new(0);
    private DateTimeOffset _now = start.ToUniversalTime();

    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero)) { }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits until a timer has been set that no earlier call waited for.</summary>
    /// <exception cref="TimeoutException">None was set within a minute.</exception>
    public async Task TimerSetAsync(CancellationToken cancellationToken)
    {
        if (!await _timerSet.WaitAsync(TimeSpan.FromMinutes(1), cancellationToken))
            throw new TimeoutException("No timer was set within a minute.");
    }

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var end = GetUtcNow() + by;
        while (NextDue(end) is { } timer)
            timer.Run();
        lock (_lock)
            _now = end;
    }

    private ManualTimer? NextDue(DateTimeOffset end)
    {
        lock (_lock)
        {
            var next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is null)
                return null;
            if (next.Due > _now)
                _now = next.Due;
            Reschedule(next);
            return next;
        }
    }

    private void Reschedule(ManualTimer timer)
    {
        if (timer.Period > TimeSpan.Zero)
            timer.Due += timer.Period;
        else
            _timers.Remove(timer);
    }

    private sealed class ManualTimer(ManualTimeProvider time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Run() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                (Due, Period) = (time._now + dueTime, period);
                time._timers.Add(this);
            }

            time._timerSet.Release();
            return true;
        }

        public void Dispose()
        {
            lock (time._lock)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
