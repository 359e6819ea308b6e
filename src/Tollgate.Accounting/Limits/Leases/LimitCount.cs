namespace Tollgate.Accounting.Limits.Leases;

/// <summary>A counter at a given time.</summary>
/// <param name="Id">The limit's identity.</param>
/// <param name="Target">The target.</param>
/// <param name="Used">Recorded usage, minus what a reset has forgiven; for a bucket, its level.</param>
/// <param name="Granted">The total held by all gateways. A gateway that spent more than it held counts as holding
/// nothing.</param>
/// <param name="Remaining">The amount that can still be granted; negative if more was spent than allowed.</param>
/// <param name="WindowStart">When the window began, in microseconds since 1970; 0 if there is none.</param>
/// <param name="WindowEnd">When it ends; <see cref="long.MaxValue"/> if it does not.</param>
/// <param name="Parts">For a rolling window, the usage recorded in each part, oldest first; otherwise empty.</param>
/// <param name="Debt">For a bucket, its exact state; otherwise zero.</param>
public readonly record struct LimitCount(
    string Id,
    string Target,
    Int128 Used,
    Int128 Granted,
    Int128 Remaining,
    long WindowStart,
    long WindowEnd,
    IReadOnlyList<(long Part, Int128 Used)> Parts,
    Int128 Debt
);
