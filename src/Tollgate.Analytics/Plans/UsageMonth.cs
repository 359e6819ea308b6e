namespace Tollgate.Analytics.Plans;

/// <summary>
/// The usage of one account, a user or an organization, in one month. Tokens need not be whole: they are simulated.
/// </summary>
public readonly record struct UsageMonth
{
    /// <summary>The month, starting at 0.</summary>
    public int Month { get; init; }

    /// <summary>Users of the account in this month.</summary>
    public int Users { get; init; }

    /// <summary>Requests.</summary>
    public double Requests { get; init; }

    /// <summary>Input tokens, those read from a cache included.</summary>
    public double InputTokens { get; init; }

    /// <summary>Input tokens that were read from a cache.</summary>
    public double CachedInputTokens { get; init; }

    /// <summary>Output tokens.</summary>
    public double OutputTokens { get; init; }

    /// <summary>The share of the requests, and of their tokens, that succeeded: from 0 to 1.</summary>
    public double SuccessShare { get; init; }

    /// <summary>The provider's load in the busiest hour of the week: from 0 to 1.</summary>
    public double Congestion { get; init; }

    /// <summary>Input and output tokens.</summary>
    public double TotalTokens => InputTokens + OutputTokens;

    /// <summary>The same month with a share of its usage.</summary>
    public UsageMonth Share(double share) =>
        this with
        {
            Requests = Requests * share,
            InputTokens = InputTokens * share,
            CachedInputTokens = CachedInputTokens * share,
            OutputTokens = OutputTokens * share,
        };
}
