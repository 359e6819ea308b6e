namespace Tollgate.Analytics.Flows;

/// <summary>Flows that are not in any bucket.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Flows">Their number.</param>
/// <param name="Tokens">Their tokens.</param>
public sealed record ExcludedFlows(TimeGap Reason, long Flows, TokenAmount Tokens);
