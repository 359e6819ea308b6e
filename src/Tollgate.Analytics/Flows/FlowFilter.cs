namespace Tollgate.Analytics.Flows;

/// <summary>Takes only the flows that have this text in a column.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Value">The whole text of the field, with its case.</param>
public sealed record FlowFilter(string Column, string Value);
