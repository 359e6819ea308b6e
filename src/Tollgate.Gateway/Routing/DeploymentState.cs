namespace Tollgate.Gateway.Routing;

/// <summary>A deployment and its recent health. Shared by all calls; written without locks.</summary>
internal sealed class DeploymentState(Deployment deployment)
{
    // Caps Retry-After: a value of a year is almost always a provider's bug.
    private static readonly TimeSpan MaxCoolDown = TimeSpan.FromHours(1);

    private Deployment _deployment = deployment;
    private int _failures;
    private long _coolUntil;

    /// <summary>The deployment with its current key.</summary>
    public Deployment Deployment => Volatile.Read(ref _deployment);

    /// <summary>
    /// The plan of a call that has no alternative; created once, because most calls are of this kind.
    /// </summary>
    public IReadOnlyList<DeploymentState[]> SinglePlan =>
        field ??= [
            [this],
        ];

    /// <summary>The timestamp (of the gateway's TimeProvider, in UTC ticks) until which it cools down.</summary>
    public long CoolUntil => Volatile.Read(ref _coolUntil);

    /// <summary>The failures since it last succeeded.</summary>
    public int ConsecutiveFailures => Volatile.Read(ref _failures);

    /// <summary>Continues with the same deployment as assembled again, for example with another key.</summary>
    public void Use(Deployment current) => Volatile.Write(ref _deployment, current);

    public bool IsCoolingDown(DateTimeOffset now) => CoolUntil > now.UtcTicks;

    public void RecordSuccess()
    {
        // Reading first keeps the cache line shared as long as there are no failures.
        if (Volatile.Read(ref _failures) != 0)
            Volatile.Write(ref _failures, 0);
    }

    /// <summary>
    /// Counts a failure, and starts the cool-down after too many in a row or if the provider sends Retry-After. True
    /// once per episode: for the failure that crosses the threshold, until the deployment succeeds again.
    /// </summary>
    public bool RecordFailure(DateTimeOffset now, RoutingOptions options, TimeSpan? retryAfter)
    {
        var failures = Interlocked.Increment(ref _failures);
        var pause = failures >= options.AllowedFailures ? options.CoolDown : TimeSpan.Zero;
        if (retryAfter > pause)
            pause = retryAfter.Value;
        if (pause > MaxCoolDown)
            pause = MaxCoolDown;
        if (pause > TimeSpan.Zero)
            Volatile.Write(ref _coolUntil, (now + pause).UtcTicks);
        return failures == options.AllowedFailures;
    }
}
