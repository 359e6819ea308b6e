using System.Text.Json.Serialization;

namespace Tollgate.Operations.Usage.Figures;

/// <summary>The value of a measure. In JSON, money is text with all of its digits, and all else a number.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Value">The value; null if unknown.</param>
[JsonConverter(typeof(MeasureValueJson))]
public readonly record struct MeasureValue(UsageMeasure Measure, decimal? Value);
