namespace Tollgate.Api.Compatibility.LiteLlm.Activity;

/// <summary>The response of <c>/user/daily/activity</c>.</summary>
/// <param name="Results">The days of the page that have usage, newest first.</param>
/// <param name="Metadata">The totals of the whole range, not of the page.</param>
internal sealed record ActivityShape(IReadOnlyList<DayShape> Results, ActivityTotalsShape Metadata);
