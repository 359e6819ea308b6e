namespace Tollgate.Accounting.Limits.Leases;

/// <summary>One holder's grant on a counter.</summary>
/// <param name="Held">What it holds; negative where it spent more than it held.</param>
/// <param name="Given">What it was ever given, less what it gave back.</param>
public readonly record struct OwnGrant(Int128 Held, Int128 Given);
