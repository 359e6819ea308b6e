namespace Tollgate.Gateway.Routing;

/// <summary>The handling of the upstream call when the caller disconnects.</summary>
public enum ClientDisconnectPolicy
{
    /// <summary>Cancel it, and book what was received.</summary>
    Cancel,

    /// <summary>Read it to the end, and book what the provider reports.</summary>
    Drain,
}

/// <summary>The options for routing calls to deployments, including timeouts and retries.</summary>
public sealed record RoutingOptions
{
    /// <summary>Model groups by name; empty means that each dialect passes any model on to its own provider.</summary>
    public IReadOnlyList<ModelGroup> Groups { get; init; } = [];

    /// <summary>
    /// Deployments without a fixed model, by provider id, for callers who do not name a group. If there are groups,
    /// empty means that no other model may be requested.
    /// </summary>
    public IReadOnlyDictionary<string, Deployment> Providers { get; init; } = new Dictionary<string, Deployment>();

    /// <summary>Retries after the first attempt, across all deployments and fallbacks of a call.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>
    /// The longest <c>Retry-After</c> of a provider that is honored; a longer one is passed on to the caller.
    /// </summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The delay before a retry at the same deployment if the provider does not specify one; doubled each time.
    /// </summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Consecutive failures after which a deployment cools down.</summary>
    public int AllowedFailures { get; init; } = 3;

    /// <summary>The duration of a cool-down.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The timeout of the connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The timeout from the request to the head of its response.</summary>
    public TimeSpan FirstByteTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest silence within a response.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The handling of the upstream call when the caller disconnects.</summary>
    public ClientDisconnectPolicy OnClientDisconnect { get; init; } = ClientDisconnectPolicy.Cancel;

    /// <summary>The seed of the choice among weighted deployments.</summary>
    public ulong Seed { get; init; } = 1;
}
