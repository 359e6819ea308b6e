using Tollgate.Analytics.Statistics;

namespace Tollgate.Operations.Samples;

/// <summary>The risk of a column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Measures">The measures, in the order of moments, percentiles and tails.</param>
public sealed record ColumnRisk(string Column, IReadOnlyList<RiskMeasure> Measures);

/// <summary>A measure.</summary>
/// <param name="Name">Its name, such as <c>mean</c>, <c>p95</c> or <c>cvar_99</c>.</param>
/// <param name="Value">Its value; null if it is undefined.</param>
/// <param name="Interval">Its 95 % bootstrap interval; null if it has none.</param>
public sealed record RiskMeasure(string Name, double? Value, Interval? Interval = null);
