namespace Tollgate.Operations.Usage.Figures;

/// <summary>A quantity of usage that can be shown over time and by group.</summary>
public enum UsageMeasure
{
    /// <summary>The cost of the calls that have a price, in US dollars.</summary>
    Cost,

    /// <summary>The number of calls.</summary>
    Calls,

    /// <summary>The number of calls that failed.</summary>
    Errors,

    /// <summary>The number of calls without a price.</summary>
    Unpriced,

    /// <summary>The number of calls whose usage is estimated.</summary>
    Estimated,

    /// <summary>Input tokens, including cached ones.</summary>
    InputTokens,

    /// <summary>Input tokens read from a cache.</summary>
    CachedTokens,

    /// <summary>Output tokens, including reasoning.</summary>
    OutputTokens,

    /// <summary>Output tokens spent on reasoning.</summary>
    ReasoningTokens,

    /// <summary>Input and output tokens.</summary>
    TotalTokens,

    /// <summary>The sum of the durations, in seconds.</summary>
    Duration,

    /// <summary>The duration per call, in seconds.</summary>
    MeanDuration,

    /// <summary>Errors per call, from 0 to 1.</summary>
    ErrorRate,

    /// <summary>The part of the input tokens that was read from a cache, from 0 to 1.</summary>
    CacheShare,

    /// <summary>The cost per call that has a price, in US dollars.</summary>
    CostPerCall,
}
