namespace Tollgate.Metering.Limits;

/// <summary>What a limit counts. Amounts are whole numbers of the metric's unit.</summary>
public enum LimitMetric
{
    /// <summary>Requests that a provider was, or may have been, paid for. What it refused is given back.</summary>
    Requests,

    /// <summary>Input tokens, cached ones included.</summary>
    InputTokens,

    /// <summary>Output tokens, reasoning included.</summary>
    OutputTokens,

    /// <summary>Input and output tokens.</summary>
    TotalTokens,

    /// <summary>Cost, in pico-dollars (1e-12 USD).</summary>
    Cost,

    /// <summary>Requests under way at once; it has no window.</summary>
    ConcurrentRequests,

    /// <summary>The highest cost of one request, in pico-dollars; it has no window and counts nothing.</summary>
    CostPerRequest,
}
