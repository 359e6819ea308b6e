namespace Tollgate.Gateway.Routing;

/// <summary>A deployment and how it has fared lately. Shared by all calls; written without locks.</summary>
internal sealed class DeploymentState(Deployment deployment)
{
    // A provider that names a year is in error more often than it is right.
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private int _failures;
    private long _coolUntil;

    public Deployment Deployment => deployment;

    /// <summary>The plan of a call that can go nowhere else; made once, because most calls are of this kind.</summary>
    public IReadOnlyList<DeploymentState[]> Alone =>
        field ??= [
            [this],
        ];

    /// <summary>The timestamp (of the gate's TimeProvider, in UTC ticks) until which it is left alone.</summary>
    public long CoolUntil => Volatile.Read(ref _coolUntil);

    public bool IsCooling(DateTimeOffset now) => CoolUntil > now.UtcTicks;

    public void Succeeded()
    {
        // Reading first keeps the cache line shared while all is well.
        if (Volatile.Read(ref _failures) != 0)
            Volatile.Write(ref _failures, 0);
    }

    /// <summary>
    /// Counts a failure, and starts the cool-down after too many in a row or where the provider names a time. True once
    /// an episode: with the failure that is one too many, until it succeeds again.
    /// </summary>
    public bool Failed(DateTimeOffset now, RoutingOptions options, TimeSpan? retryAfter)
    {
        var failures = Interlocked.Increment(ref _failures);
        var pause = failures >= options.AllowedFailures ? options.CoolDown : TimeSpan.Zero;
        if (retryAfter > pause)
            pause = retryAfter.Value;
        if (pause > LongestPause)
            pause = LongestPause;
        if (pause > TimeSpan.Zero)
            Volatile.Write(ref _coolUntil, (now + pause).UtcTicks);
        return failures == options.AllowedFailures;
    }
}
