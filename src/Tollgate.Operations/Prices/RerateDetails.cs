using System.Text.Json.Serialization;
using Tollgate.Accounting.Rerating;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Serialization;

namespace Tollgate.Operations.Prices;

/// <summary>The changes that repricing recorded calls would make.</summary>
/// <param name="Corrections">The number of corrections.</param>
/// <param name="Stated">Calls that keep the cost that their caller or provider states.</param>
/// <param name="NoUsage">Calls that keep their cost because nothing was consumed, or it is unknown.</param>
/// <param name="NoPrice">Calls that keep their cost, or stay unpriced, because there is no price for them.</param>
/// <param name="Difference">The sum of all differences in US dollars.</param>
/// <param name="Models">The models with changes, the largest difference first.</param>
public sealed record RerateDetails(
    long Corrections,
    long Stated,
    long NoUsage,
    long NoPrice,
    [property: JsonConverter(typeof(MoneyTextJson))] Money? Difference,
    IReadOnlyList<RerateModelDetails> Models
)
{
    /// <summary>Creates the details of a report.</summary>
    public static RerateDetails Create(RerateReport report) =>
        new(
            report.Corrections,
            report.Stated,
            report.NoUsage,
            report.NoPrice,
            report.Difference,
            [.. report.Models.Select(RerateModelDetails.Create)]
        );
}

/// <summary>The changes of one model.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Model">The requested model.</param>
/// <param name="Calls">The number of calls that now have a price.</param>
/// <param name="Changed">The number of those whose cost changes.</param>
/// <param name="PricedAfterwards">The number of those that had no cost.</param>
/// <param name="Before">The cost so far in US dollars, corrections included.</param>
/// <param name="After">The cost after repricing.</param>
public sealed record RerateModelDetails(
    string Provider,
    string Model,
    long Calls,
    long Changed,
    long PricedAfterwards,
    [property: JsonConverter(typeof(MoneyTextJson))] Money? Before,
    [property: JsonConverter(typeof(MoneyTextJson))] Money? After
)
{
    internal static RerateModelDetails Create(RerateModel model) =>
        new(model.Provider, model.Model, model.Calls, model.Changed, model.PricedAfterwards, model.Before, model.After);
}
