namespace Tollgate.Api.Compatibility.LiteLlm.Spend;

/// <summary>The spend of a model.</summary>
internal sealed record ReportModelShape(string Model, decimal Spend, long TotalTokens);
