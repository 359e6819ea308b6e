namespace Tollgate.Api.Compatibility.LiteLlm.Activity;

/// <summary>A day.</summary>
internal sealed record DayShape(string Date, MetricsShape Metrics, BreakdownShape Breakdown);
