using System.Text.Json.Serialization;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Serialization;

namespace Tollgate.Operations.Usage.Facets;

/// <summary>One value of a dimension.</summary>
/// <param name="Value">The value; null for calls that have none, and for the sum of several values.</param>
/// <param name="Calls">The number of calls.</param>
/// <param name="Cost">Their cost; null if none has a price.</param>
/// <param name="Unpriced">The number of calls without a price.</param>
/// <param name="Estimated">The number of calls whose usage is estimated.</param>
public sealed record FacetValue(
    string? Value,
    long Calls,
    [property: JsonConverter(typeof(MoneyTextJson))] Money? Cost,
    long Unpriced,
    long Estimated
);
