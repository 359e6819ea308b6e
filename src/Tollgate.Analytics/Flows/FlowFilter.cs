namespace Tollgate.Analytics.Flows;

/// <summary>Includes only the flows that have this text in a column.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Value">The whole text of the field, case-sensitive.</param>
public sealed record FlowFilter(string Column, string Value);
