namespace Tollgate.Dashboard.Pages.Overview;

/// <summary>One value of a dimension.</summary>
/// <param name="Name">The value; null for usage that has none.</param>
/// <param name="Cost">The cost in US dollars; null if unpriced.</param>
/// <param name="Calls">The number of calls.</param>
/// <param name="Share">The part of the highest cost of the list, from 0 to 1.</param>
public sealed record TopRow(string? Name, decimal? Cost, long Calls, decimal Share);
