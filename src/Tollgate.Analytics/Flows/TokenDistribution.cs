namespace Tollgate.Analytics.Flows;

/// <summary>
/// How a flow's tokens are distributed over the time buckets that it covers. Each method conserves every token.
/// </summary>
public enum TokenDistribution
{
    /// <summary>
    /// Both ends rounded to the nearest bucket, half up; an equal share for each bucket from the start to before the
    /// end, at least one.
    /// </summary>
    Rounded,

    /// <summary>An equal share for each bucket in which the flow is active at any instant, its end included.</summary>
    Touched,

    /// <summary>In proportion to the time that the flow spends in each bucket.</summary>
    Seconds,
}
