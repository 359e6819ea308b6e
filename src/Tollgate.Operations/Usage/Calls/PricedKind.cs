using System.Text.Json.Serialization;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Serialization;

namespace Tollgate.Operations.Usage.Calls;

/// <summary>One kind of usage of an attempt, with its price.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">The number of units.</param>
/// <param name="UnitPrice">The price of one unit in US dollars, as text with all of its digits.</param>
/// <param name="Cost">The product. The products are rounded once, as the sum that was recorded.</param>
public sealed record PricedKind(
    UsageKind Kind,
    long Count,
    string UnitPrice,
    [property: JsonConverter(typeof(MoneyTextJson))] Money? Cost
);
