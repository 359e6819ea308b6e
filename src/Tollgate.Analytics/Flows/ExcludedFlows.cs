namespace Tollgate.Analytics.Flows;

/// <summary>Flows that are in no bucket.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Flows">Their number.</param>
/// <param name="Tokens">Their tokens.</param>
public sealed record ExcludedFlows(TimeGap Reason, long Flows, TokenAmount Tokens);
