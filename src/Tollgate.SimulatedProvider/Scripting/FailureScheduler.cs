namespace Tollgate.SimulatedProvider.Scripting;

internal enum ScheduledFailure
{
    None,
    RateLimit,
    ServerError,
    Cut,
}

/// <summary>Schedules random failures from one seeded stream: the n-th call gets the n-th draw.</summary>
internal sealed class FailureScheduler
{
    private readonly Lock _lock = new();
    private RandomFailures _failures;
    private Random _random;

    public FailureScheduler(RandomFailures failures, int seed)
    {
        _failures = failures;
        _random = new Random(failures.Seed ?? seed);
    }

    public int RetryAfter => Volatile.Read(ref _failures).RetryAfter;

    public void Replace(RandomFailures failures)
    {
        lock (_lock)
        {
            Volatile.Write(ref _failures, failures);
            if (failures.Seed is { } seed)
                _random = new Random(seed);
        }
    }

    public ScheduledFailure Next()
    {
        var failures = Volatile.Read(ref _failures);
        if (failures.RateLimit + failures.ServerError + failures.Cut == 0)
            return ScheduledFailure.None;
        double draw;
        lock (_lock)
            draw = _random.NextDouble();
        if (draw < failures.RateLimit)
            return ScheduledFailure.RateLimit;
        if (draw < failures.RateLimit + failures.ServerError)
            return ScheduledFailure.ServerError;
        return draw < failures.RateLimit + failures.ServerError + failures.Cut
            ? ScheduledFailure.Cut
            : ScheduledFailure.None;
    }
}
