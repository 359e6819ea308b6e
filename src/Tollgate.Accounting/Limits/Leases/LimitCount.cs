namespace Tollgate.Accounting.Limits.Leases;

/// <summary>A counter at a moment.</summary>
/// <param name="Id">The limit's identity.</param>
/// <param name="Target">Whose count.</param>
/// <param name="Used">What is booked, less what a reset has forgiven; of a bucket, what has not flowed back.</param>
/// <param name="Granted">What all gates hold. One that spent more than it held counts as holding nothing.</param>
/// <param name="Rest">What can still be granted; negative where more was spent than allowed.</param>
/// <param name="WindowStart">When the window began, in microseconds since 1970; 0 where there is none.</param>
/// <param name="WindowEnd">When it ends; <see cref="long.MaxValue"/> where it does not.</param>
/// <param name="Parts">Of a rolling window, what was booked in each part, the oldest first; else empty.</param>
/// <param name="Debt">Of a bucket, its exact state; else zero.</param>
public readonly record struct LimitCount(
    string Id,
    string Target,
    Int128 Used,
    Int128 Granted,
    Int128 Rest,
    long WindowStart,
    long WindowEnd,
    IReadOnlyList<(long Part, Int128 Used)> Parts,
    Int128 Debt
);
