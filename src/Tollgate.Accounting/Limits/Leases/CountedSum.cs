using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Limits.Leases;

/// <summary>What a target's counter says.</summary>
/// <param name="Used">What is counted, with what resets have forgiven.</param>
/// <param name="Raised">Of it, what was ever added by <see cref="ILimitStore.RaiseAsync"/>.</param>
public readonly record struct CountedSum(Int128 Used, Int128 Raised);
