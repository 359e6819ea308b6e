namespace Tollgate.Accounting.Limits.Leases;

/// <summary>What an order changes.</summary>
/// <param name="State">The answer.</param>
/// <param name="HeldChange">What the holder's grant of the answer's window changes by.</param>
/// <param name="Rows">The counter's rows after it.</param>
public readonly record struct GrantDecision(GrantState State, Int128 HeldChange, CounterRows Rows);
