namespace Tollgate.Analytics.Workloads;

/// <summary>The unit that a workload's token distributions describe.</summary>
public enum TokenBasis
{
    /// <summary>The mean of a user's requests in one month; the month's tokens are that times its requests.</summary>
    Request,

    /// <summary>A user's whole month.</summary>
    Month,
}
