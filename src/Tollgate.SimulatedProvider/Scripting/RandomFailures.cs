namespace Tollgate.SimulatedProvider.Scripting;

/// <summary>
/// Probabilities, from 0 to 1, of failures that affect calls without being scripted. Their sum is at most 1.
/// </summary>
public sealed record RandomFailures
{
    /// <summary>The share of calls refused with 429.</summary>
    public double RateLimit { get; init; }

    /// <summary>The share of calls refused with 500.</summary>
    public double ServerError { get; init; }

    /// <summary>The share of calls whose connection is cut in the middle of the response.</summary>
    public double Cut { get; init; }

    /// <summary>The <c>Retry-After</c> of random 429s, in whole seconds.</summary>
    public int RetryAfter { get; init; } = 1;

    /// <summary>Restarts the random stream, when given.</summary>
    public int? Seed { get; init; }

    /// <summary>Returns what is wrong with these numbers, or null.</summary>
    internal string? Validate() =>
        RateLimit is < 0 or > 1 || ServerError is < 0 or > 1 || Cut is < 0 or > 1 || RateLimit + ServerError + Cut > 1
            ? "rate_limit, server_error and cut must be probabilities that add up to at most 1"
            : null;
}
