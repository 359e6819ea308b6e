namespace Tollgate.Analytics.Flows;

/// <summary>
/// How a flow's tokens are spread over the buckets of time that it runs through. Each conserves every token.
/// </summary>
public enum TokenDistribution
{
    /// <summary>
    /// Both ends rounded to the nearest bucket, half up; an equal share to each bucket from the start to before the
    /// end, at least one.
    /// </summary>
    Rounded,

    /// <summary>An equal share to each bucket in which the flow is at any instant, its end included.</summary>
    Touched,

    /// <summary>In proportion to the time that the flow spends in each bucket.</summary>
    Seconds,
}
