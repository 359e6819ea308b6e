namespace Tollgate.Accounting.Limits.Leases;

/// <summary>The amount by which a counter lags behind the ledger.</summary>
/// <param name="Window">The window to which it is added.</param>
/// <param name="FromWindow">The first window that was checked.</param>
/// <param name="By">The amount to add.</param>
/// <param name="AdjustedBefore">The total of earlier adjustments (<see cref="CounterTotals.Adjusted"/>).</param>
public readonly record struct CounterAdjustment(long Window, long FromWindow, Int128 By, Int128 AdjustedBefore);
