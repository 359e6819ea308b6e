namespace Tollgate.SimulatedProvider.Scripting;

internal enum DealtFailure
{
    None,
    RateLimit,
    ServerError,
    Cut,
}

/// <summary>Schedules random failures from one seeded stream: the n-th call gets the n-th draw.</summary>
internal sealed class FailureDealer
{
    private readonly Lock _lock = new();
    private RandomFailures _failures;
    private Random _random;

    public FailureDealer(RandomFailures failures, int seed)
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

    public DealtFailure Deal()
    {
        var failures = Volatile.Read(ref _failures);
        if (failures.RateLimit + failures.ServerError + failures.Cut == 0)
            return DealtFailure.None;
        double draw;
        lock (_lock)
            draw = _random.NextDouble();
        if (draw < failures.RateLimit)
            return DealtFailure.RateLimit;
        if (draw < failures.RateLimit + failures.ServerError)
            return DealtFailure.ServerError;
        return draw < failures.RateLimit + failures.ServerError + failures.Cut ? DealtFailure.Cut : DealtFailure.None;
    }
}
