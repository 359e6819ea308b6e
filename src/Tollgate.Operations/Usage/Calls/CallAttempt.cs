namespace Tollgate.Operations.Usage.Calls;

/// <summary>One attempt of a call.</summary>
/// <param name="Entry">The record.</param>
/// <param name="Prices">
/// The computation of its cost, one line for each kind of usage; empty if the price of the record is not in the price
/// list anymore, or the cost was not computed from prices.
/// </param>
public sealed record CallAttempt(CallEntry Entry, IReadOnlyList<PricedKind> Prices);
