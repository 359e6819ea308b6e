using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Leases;

/// <summary>The rows of one counter.</summary>
/// <param name="Booked">Recorded minus forgiven usage, by window, oldest first.</param>
/// <param name="Held">The total held by all holders; a holder that spent more than it held is not counted against the
/// others.</param>
/// <param name="Bucket">The state of the bucket, for a bucket.</param>
/// <param name="OwnLease">The lease of the requesting holder; null if it has none.</param>
public readonly record struct CounterRows(
    IReadOnlyList<(long Part, Int128 Used)> Booked,
    Int128 Held,
    BucketLevel Bucket,
    HolderLease? OwnLease = null
);
