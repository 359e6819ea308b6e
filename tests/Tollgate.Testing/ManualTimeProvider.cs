using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Tollgate.Testing;

/// <summary>
/// A clock that stands still until it is advanced, and lets a test wait for the code under test to start a timer.
/// </summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly SemaphoreSlim _timersStarted = new(0);
    private readonly ConcurrentDictionary<TimeSpan, bool> _dueTimes = new();

    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero)) { }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            _dueTimes[dueTime] = true;
            _timersStarted.Release();
        }

        return timer;
    }

    /// <summary>Waits until a timer has been started that no earlier call waited for.</summary>
    /// <exception cref="TimeoutException">No timer was started within a minute.</exception>
    public async Task TimerStartedAsync(CancellationToken cancellationToken)
    {
        if (!await _timersStarted.WaitAsync(TimeSpan.FromMinutes(1), cancellationToken))
            throw new TimeoutException("No timer was started within a minute.");
    }

    /// <summary>Waits until a timer has been started that is due after this time.</summary>
    /// <exception cref="TimeoutException">No such timer was started within two minutes.</exception>
    public Task TimerStartedAsync(TimeSpan dueTime) =>
        Eventually.BecomesTrueAsync(() => _dueTimes.ContainsKey(dueTime));
}
