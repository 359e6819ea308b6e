using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Limits.Leases;

/// <summary>The totals of a target's counter.</summary>
/// <param name="Used">The counted usage, including what resets have forgiven.</param>
/// <param name="Adjusted">The part that was ever added by <see cref="ILimitStore.AdjustAsync"/>.</param>
public readonly record struct CounterTotals(Int128 Used, Int128 Adjusted);
