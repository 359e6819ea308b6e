using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Series;

/// <summary>Measures over time and by group.</summary>
public sealed record SeriesResult
{
    /// <summary>The range.</summary>
    public required RangeDetails Range { get; init; }

    /// <summary>The currency of all costs.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>The measures, in the order of all values.</summary>
    public required IReadOnlyList<UsageMeasure> Measures { get; init; }

    /// <summary>The dimensions of the lines.</summary>
    public required IReadOnlyList<UsageDimension> Groups { get; init; }

    /// <summary>The length of the buckets that was chosen.</summary>
    public required SeriesBucket Bucket { get; init; }

    /// <summary>
    /// True if the records were read, because rollups have neither minutes nor some dimensions. Purged records are then
    /// missing.
    /// </summary>
    public required bool IsFromRecords { get; init; }

    /// <summary>True if each point includes all earlier ones.</summary>
    public required bool IsCumulative { get; init; }

    /// <summary>The total of all groups.</summary>
    public required SeriesLine Total { get; init; }

    /// <summary>
    /// The groups, highest first, then the sum of the others if there are any. Empty without a group.
    /// </summary>
    public required IReadOnlyList<SeriesLine> Lines { get; init; }

    /// <summary>The number of groups, including those without a line.</summary>
    public required int GroupCount { get; init; }

    /// <summary>The number of calls without a price, which the cost does not include.</summary>
    public required long Unpriced { get; init; }

    /// <summary>The number of calls whose usage is estimated.</summary>
    public required long Estimated { get; init; }

    /// <summary>The same groups in the range to compare with; null if not requested.</summary>
    public SeriesResult? Comparison { get; init; }
}
