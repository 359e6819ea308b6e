using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>A counter as last reported by the store.</summary>
/// <param name="Count">The counter; its rest is what other calls could still be granted at that time.</param>
/// <param name="Exchange">The number of the exchange that reported it; 0 if there was none.</param>
/// <param name="At">The store's time then.</param>
internal readonly record struct CounterReading(LimitCount Count, long Exchange, UnixMicros At);
