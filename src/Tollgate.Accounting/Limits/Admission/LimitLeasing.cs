using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>How a limit grants quota.</summary>
internal static class LimitLeasing
{
    /// <summary>True if calls need a lease; a soft limit only counts.</summary>
    public static bool LeasesQuota(this Limit limit) => limit is { Mode: LimitMode.Hard, Amount: not null };

    /// <summary>True if quota that was granted under a limit may exceed what its changed version grants.</summary>
    public static bool MayGrantMoreThan(this Limit before, Limit changed) =>
        changed.Amount < before.Amount
        || (changed.Amount is not null && before.Amount is null)
        || changed.TemporaryIncrease != before.TemporaryIncrease;
}
