namespace Tollgate.Analytics.Workloads;

/// <summary>What a workload's token distributions are about.</summary>
public enum TokenBasis
{
    /// <summary>The mean of a user's requests of one month; the month's tokens are that times its requests.</summary>
    Request,

    /// <summary>A user's whole month.</summary>
    Month,
}
