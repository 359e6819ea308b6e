using Tollgate.Operations.Keys;

namespace Tollgate.Dashboard.Pages.Keys;

/// <summary>A key with what was spent with it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Cost">The cost of its calls in this month, in US dollars; null if none has a price.</param>
/// <param name="Calls">The number of its calls in this month.</param>
public sealed record KeyRow(KeyDetails Key, decimal? Cost, long Calls);
