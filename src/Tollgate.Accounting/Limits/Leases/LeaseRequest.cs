using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Leases;

/// <summary>A lease request for one counter.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Target">The target.</param>
/// <param name="LeaseWindow">The window of the returned quota.</param>
/// <param name="Returned">The quota returned from that window's lease; only what is held can be returned.</param>
/// <param name="Need">The amount waiting calls need beyond the lease; 0 only requests the state.</param>
/// <param name="MinNeed">The smallest of these needs: a smaller lease would not serve any call, so none is
/// granted.</param>
/// <param name="Extra">The quota that may be added for future calls, as far as it is a small part of the
/// remainder.</param>
/// <param name="Overdraft">The quota granted in addition, even beyond the limit, because it is already spent.</param>
public readonly record struct LeaseRequest(
    Limit Limit,
    string Target,
    long LeaseWindow,
    Int128 Returned,
    Int128 Need,
    Int128 MinNeed,
    Int128 Extra,
    Int128 Overdraft = default
);
