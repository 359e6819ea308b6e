using System.Text.Json.Serialization;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Serialization;

namespace Tollgate.Operations.Prices;

/// <summary>The cost of a given usage at one model.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Model">The model.</param>
/// <param name="PriceVersion">The version of the price; null if there is none.</param>
/// <param name="Cost">The cost in US dollars; null if a kind of the usage has no rate.</param>
/// <param name="Unpriced">The kinds of the usage that have no rate.</param>
public sealed record PriceQuote(
    string Provider,
    string Model,
    string? PriceVersion,
    [property: JsonConverter(typeof(MoneyTextJson))] Money? Cost,
    IReadOnlyList<UsageKind> Unpriced
);
