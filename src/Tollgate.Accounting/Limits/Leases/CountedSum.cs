using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Limits.Leases;

/// <summary>The totals of a target's counter.</summary>
/// <param name="Used">The counted usage, including what resets have forgiven.</param>
/// <param name="Raised">The part that was ever added by <see cref="ILimitStore.RaiseAsync"/>.</param>
public readonly record struct CountedSum(Int128 Used, Int128 Raised);
