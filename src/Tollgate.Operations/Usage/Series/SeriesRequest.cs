using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Series;

/// <summary>Requests measures over time and by group.</summary>
/// <param name="Scope">The usage.</param>
public sealed record SeriesRequest(UsageScope Scope)
{
    /// <summary>The measures, at least one.</summary>
    public IReadOnlyList<UsageMeasure> Measures { get; init; } = [UsageMeasure.Cost];

    /// <summary>The dimension of the lines; null for the total alone.</summary>
    public UsageDimension? Group { get; init; }

    /// <summary>The second dimension: each line is then one pair of names; null for none.</summary>
    public UsageDimension? Subgroup { get; init; }

    /// <summary>
    /// The maximum number of lines; the other groups are summed up in one more, which is exact. Null for 8. Groups with
    /// many values (sessions, end users) require it.
    /// </summary>
    public int? Top { get; init; }

    /// <summary>The measure by which groups are ranked; null for the first one of <see cref="Measures"/>.</summary>
    public UsageMeasure? RankBy { get; init; }

    /// <summary>The length of the buckets.</summary>
    public SeriesBucket Bucket { get; init; }

    /// <summary>True if each point includes all earlier ones.</summary>
    public bool IsCumulative { get; init; }

    /// <summary>The range to compare with, under the same conditions; null for none.</summary>
    public TimeRange? Comparison { get; init; }

    /// <summary>The dimensions of the lines.</summary>
    internal IReadOnlyList<UsageDimension> Groups =>
        Group is not { } group ? []
        : Subgroup is { } subgroup ? [group, subgroup]
        : [group];
}
