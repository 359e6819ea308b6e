using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Leases;

/// <summary>The rows of one counter, as they stand.</summary>
/// <param name="Booked">What is booked less what was forgiven, by window, the oldest first.</param>
/// <param name="Held">What all holders hold; one that spent more than it held is not counted against the
/// others.</param>
/// <param name="Bucket">Of a bucket, its state.</param>
/// <param name="Own">Of it, what the holder holds who asks; null where it has no grant.</param>
public readonly record struct CounterRows(
    IReadOnlyList<(long Part, Int128 Used)> Booked,
    Int128 Held,
    TokenBucket Bucket,
    OwnGrant? Own = null
);
