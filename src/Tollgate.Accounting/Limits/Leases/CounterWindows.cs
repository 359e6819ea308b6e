namespace Tollgate.Accounting.Limits.Leases;

/// <summary>The windows that count for a limit at a given time; all in microseconds since 1970.</summary>
/// <param name="Lease">The window of leases; 0 if windows do not end.</param>
/// <param name="End">When it ends; <see cref="long.MaxValue"/> if it does not.</param>
/// <param name="OldestBooked">The first window whose records count.</param>
/// <param name="Booked">The window that counts what is recorded now.</param>
public readonly record struct CounterWindows(long Lease, long End, long OldestBooked, long Booked);
