namespace Tollgate.Metering.Limits;

/// <summary>The metric of a limit. Amounts are whole numbers of the metric's unit.</summary>
public enum LimitMetric
{
    /// <summary>Requests that a provider was, or may have been, paid for. Those that it refused are refunded.</summary>
    Requests,

    /// <summary>Input tokens, cached ones included.</summary>
    InputTokens,

    /// <summary>Output tokens, reasoning included.</summary>
    OutputTokens,

    /// <summary>Input and output tokens.</summary>
    TotalTokens,

    /// <summary>Cost, in pico-dollars (1e-12 USD).</summary>
    Cost,

    /// <summary>Requests in flight at once; it has no window.</summary>
    ConcurrentRequests,

    /// <summary>The highest cost of one request, in pico-dollars; it has no window and counts nothing.</summary>
    CostPerRequest,
}
