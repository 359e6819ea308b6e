namespace Tollgate.Api.Compatibility.OpenAIUsage;

/// <summary>An amount of money.</summary>
/// <param name="Value">The amount with all digits.</param>
/// <param name="Currency">Always <c>usd</c>.</param>
internal sealed record CostAmountShape(decimal Value, string Currency);
