using Tollgate.Dashboard.Charts;
using Tollgate.Dashboard.Layout;
using Tollgate.Operations.Usage.Figures;

namespace Tollgate.Dashboard.Pages.Explore;

/// <summary>The page on which one asks the ledger: any measure, by any dimension, over time.</summary>
/// <param name="Frame">Its frame.</param>
/// <param name="Chart">The answer.</param>
/// <param name="Query">The question.</param>
public sealed record ExploreModel(FrameModel Frame, TimeChart Chart, ExploreQuery Query)
{
    /// <summary>The number of groups, including those without a line.</summary>
    public required int GroupCount { get; init; }

    /// <summary>The number of calls without a price, which the cost does not include.</summary>
    public required long Unpriced { get; init; }

    /// <summary>The measures with their names for people.</summary>
    public static IReadOnlyList<(UsageMeasure Measure, string Title)> Measures { get; } =
    [
        (UsageMeasure.Cost, "Cost"),
        (UsageMeasure.Calls, "Calls"),
        (UsageMeasure.TotalTokens, "Tokens"),
        (UsageMeasure.InputTokens, "Input tokens"),
        (UsageMeasure.CachedTokens, "Cached tokens"),
        (UsageMeasure.OutputTokens, "Output tokens"),
        (UsageMeasure.ReasoningTokens, "Reasoning tokens"),
        (UsageMeasure.Errors, "Errors"),
        (UsageMeasure.Unpriced, "Unpriced calls"),
        (UsageMeasure.Estimated, "Estimated calls"),
        (UsageMeasure.Duration, "Duration"),
    ];
}
