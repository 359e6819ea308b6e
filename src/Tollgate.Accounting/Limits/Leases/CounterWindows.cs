namespace Tollgate.Accounting.Limits.Leases;

/// <summary>Which rows count for a limit at a time; all in microseconds since 1970.</summary>
/// <param name="Grant">The window of grants; 0 where windows do not end.</param>
/// <param name="End">When it ends; <see cref="long.MaxValue"/> where it does not.</param>
/// <param name="OldestBooked">The first window whose bookings count.</param>
/// <param name="Booked">The window that counts what is booked now.</param>
public readonly record struct CounterWindows(long Grant, long End, long OldestBooked, long Booked);
