namespace Tollgate.Accounting.Limits.Leases;

/// <summary>What a counter lags behind its ledger.</summary>
/// <param name="Window">The window to which it is added.</param>
/// <param name="FromWindow">The first window that was looked at.</param>
/// <param name="By">How much.</param>
/// <param name="Raised">What had been added by then (<see cref="CountedSum.Raised"/>).</param>
public readonly record struct CounterRaise(long Window, long FromWindow, Int128 By, Int128 Raised);
