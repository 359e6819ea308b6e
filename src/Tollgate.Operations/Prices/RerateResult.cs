using Tollgate.Accounting.Rerating;
using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Prices;

/// <summary>The changes of a rerating in the background.</summary>
/// <param name="IsRecorded">True if the corrections were recorded; false for a preview.</param>
/// <param name="Corrections">The number of corrections.</param>
/// <param name="Difference">The sum of all differences.</param>
/// <param name="Models">The models with changes, largest difference first.</param>
public sealed record RerateResult(
    bool IsRecorded,
    long Corrections,
    Money Difference,
    IReadOnlyList<RerateResultModel> Models
)
{
    /// <summary>Calls that keep their cost because the caller or the provider stated it.</summary>
    public long Stated { get; init; }

    /// <summary>Calls that keep their cost because their consumption is unknown or nothing.</summary>
    public long NoUsage { get; init; }

    /// <summary>Calls that keep their cost because there is no price for them.</summary>
    public long NoPrice { get; init; }

    internal static RerateResult Create(RerateReport report, bool isRecorded) =>
        new(isRecorded, report.Corrections, report.Difference, [.. report.Models.Select(RerateResultModel.Create)])
        {
            Stated = report.Stated,
            NoUsage = report.NoUsage,
            NoPrice = report.NoPrice,
        };
}

/// <summary>The changes to one model.</summary>
public sealed record RerateResultModel
{
    /// <summary>The provider.</summary>
    public required string Provider { get; init; }

    /// <summary>The requested model.</summary>
    public required string Model { get; init; }

    /// <summary>The number of calls that have a price.</summary>
    public required long Calls { get; init; }

    /// <summary>The number of those whose cost changes.</summary>
    public required long Changed { get; init; }

    /// <summary>The number of those that had no cost.</summary>
    public required long Repriced { get; init; }

    /// <summary>The cost before.</summary>
    public required Money CostBefore { get; init; }

    /// <summary>The cost after.</summary>
    public required Money CostAfter { get; init; }

    /// <summary>The difference.</summary>
    public required Money Difference { get; init; }

    internal static RerateResultModel Create(RerateModel model) =>
        new()
        {
            Provider = model.Provider,
            Model = model.Model,
            Calls = model.Calls,
            Changed = model.Changed,
            Repriced = model.PricedAfterwards,
            CostBefore = model.Before,
            CostAfter = model.After,
            Difference = model.Difference,
        };
}
