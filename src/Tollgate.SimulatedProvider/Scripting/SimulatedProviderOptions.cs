namespace Tollgate.SimulatedProvider.Scripting;

/// <summary>
/// How a simulated provider is started. What one call does is scripted in its prompt (see the project's README).
/// </summary>
public sealed record SimulatedProviderOptions
{
    /// <summary>Where HTTP/1.1 is served. A loopback address; port 0 takes a free one.</summary>
    public Uri ListenUrl { get; init; } = new("http://127.0.0.1:0");

    /// <summary>Where HTTP/2 in clear text with prior knowledge is served as well; none when null.</summary>
    public Uri? Http2ListenUrl { get; init; }

    /// <summary>The clock of delays and time stamps.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// The time from a request's arrival to the start of its generation, where its script says nothing.
    /// </summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Output tokens generated each second, where the script says nothing; 0 means without delay.</summary>
    public int TokensPerSecond { get; init; }

    /// <summary>The seed of the random failures.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The failures dealt at random to all calls; <c>POST /script</c> replaces them at run time.</summary>
    public RandomFailures Failures { get; init; } = new();

    /// <summary>
    /// How many calls <c>GET /bill/calls</c> can list. Calls beyond it are in the totals only, and are counted as
    /// not listed. 0 keeps totals only, so that a benchmark's memory does not grow.
    /// </summary>
    public int ListedCalls { get; init; } = 1_000_000;
}
