namespace Tollgate.Api.Compatibility.LiteLlm.Activity;

/// <summary>The sums of a key.</summary>
internal sealed record KeyGroupShape(MetricsShape Metrics, KeyNamesShape Metadata);
