namespace Tollgate.Accounting.Limits.Leases;

/// <summary>The outcome of a request.</summary>
/// <param name="State">The response.</param>
/// <param name="HeldChange">The change of the holder's lease for the window of the response.</param>
/// <param name="Rows">The counter's rows afterwards.</param>
public readonly record struct LeaseDecision(LeaseState State, Int128 HeldChange, CounterRows Rows);
