namespace Tollgate.SimulatedProvider.Scripting;

/// <summary>
/// The options of a simulated provider. The behavior of an individual call is scripted in its prompt (see the project's
/// README).
/// </summary>
public sealed record SimulatedProviderOptions
{
    /// <summary>The address of the HTTP/1.1 endpoint. A loopback address; port 0 selects a free one.</summary>
    public Uri ListenUrl { get; init; } = new("http://127.0.0.1:0");

    /// <summary>
    /// The address of an additional endpoint for HTTP/2 in clear text with prior knowledge; null for none.
    /// </summary>
    public Uri? Http2ListenUrl { get; init; }

    /// <summary>The clock for delays and timestamps.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The time from a request's arrival to the start of its generation, unless scripted.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Output tokens generated per second, unless scripted; 0 means without delay.</summary>
    public int TokensPerSecond { get; init; }

    /// <summary>The seed of the random failures.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The random failures for all calls; <c>POST /script</c> replaces them at run time.</summary>
    public RandomFailures Failures { get; init; } = new();

    /// <summary>
    /// The number of calls that <c>GET /bill/calls</c> can list. Further calls are only in the totals, and are counted
    /// as not listed. 0 keeps only totals, so that a benchmark's memory does not grow.
    /// </summary>
    public int ListedCalls { get; init; } = 1_000_000;
}
