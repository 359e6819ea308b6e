namespace Tollgate.Accounting.Limits.Leases;

/// <summary>One counter after an exchange.</summary>
/// <param name="LeaseWindow">The window of the lease.</param>
/// <param name="WindowEnd">When it ends, in microseconds since 1970; <see cref="long.MaxValue"/> if it does
/// not.</param>
/// <param name="Granted">The amount added to the holder's lease.</param>
/// <param name="TotalLeased">The total the holder was ever granted for the window, minus what it returned. By
/// comparing it with its own total, the holder learns the effect of an exchange whose response was lost.</param>
/// <param name="IsNew">True if the holder had no lease for the window, so that <see cref="TotalLeased"/> starts from
/// zero.</param>
/// <param name="Count">The counter.</param>
public readonly record struct LeaseState(
    long LeaseWindow,
    long WindowEnd,
    Int128 Granted,
    Int128 TotalLeased,
    bool IsNew,
    LimitCount Count
);
