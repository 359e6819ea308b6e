namespace Tollgate.Accounting.Limits.Leases;

/// <summary>One holder's lease on a counter.</summary>
/// <param name="Held">The quota held; negative if the holder spent more than it held.</param>
/// <param name="TotalLeased">The total ever granted, minus what was returned.</param>
public readonly record struct HolderLease(Int128 Held, Int128 TotalLeased);
