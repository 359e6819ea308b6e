namespace Tollgate.Gateway.Routing;

/// <summary>What happens to the upstream call when the caller leaves.</summary>
public enum ClientLeavePolicy
{
    /// <summary>Cancel it, and book what was received.</summary>
    Cancel,

    /// <summary>Read it to its end, and book what the provider states.</summary>
    Drain,
}

/// <summary>How calls find their deployment, and how long they wait for it.</summary>
public sealed record RoutingOptions
{
    /// <summary>Model groups by name; empty means that each dialect passes any model on to its own provider.</summary>
    public IReadOnlyList<ModelGroup> Groups { get; init; } = [];

    /// <summary>
    /// Deployments without a fixed model, by provider id, for callers who name no group; beside groups, empty means
    /// that no other model may be asked for.
    /// </summary>
    public IReadOnlyDictionary<string, Deployment> Providers { get; init; } = new Dictionary<string, Deployment>();

    /// <summary>Retries after the first attempt, over all deployments and fallbacks of a call.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>
    /// The longest <c>Retry-After</c> of a provider that is waited for; a longer one is passed on to the caller.
    /// </summary>
    public TimeSpan LongestRetryWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The wait before a retry at the same deployment where the provider names none; doubled each time.
    /// </summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Failures in a row after which a deployment is left alone for a while.</summary>
    public int AllowedFailures { get; init; } = 3;

    /// <summary>How long it is left alone.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest time to connect.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time from the request to the head of its answer.</summary>
    public TimeSpan FirstByteTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest silence within an answer.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What happens to the upstream call when the caller leaves.</summary>
    public ClientLeavePolicy WhenClientLeaves { get; init; } = ClientLeavePolicy.Cancel;

    /// <summary>Seeds the choice among weighted deployments.</summary>
    public ulong Seed { get; init; } = 1;
}
