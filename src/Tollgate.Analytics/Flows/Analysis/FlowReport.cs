using Tollgate.Analytics.Flows.Tallies;

namespace Tollgate.Analytics.Flows.Analysis;

/// <summary>The result of a flow analysis.</summary>
public sealed record FlowReport
{
    /// <summary>The names of the sources.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The options.</summary>
    public required FlowOptions Options { get; init; }

    /// <summary>Rows read: those counted, those rejected and those filtered out. Empty lines are not rows.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that a filter excluded.</summary>
    public required long Filtered { get; init; }

    /// <summary>Rows that were not counted because they are invalid.</summary>
    public required RejectedFlows Rejected { get; init; }

    /// <summary>
    /// Flows whose cost is unknown: they are in the distribution, but not in any group's costs. Always 0 if the options
    /// price them.
    /// </summary>
    public long Unpriced { get; init; }

    /// <summary>The groups, ordered by name.</summary>
    public required IReadOnlyList<FlowGroup> Groups { get; init; }

    /// <summary>
    /// The bucket with the most tokens, the earliest if there are several; null if no flow has both times.
    /// </summary>
    public required BucketTokens? Peak { get; init; }

    /// <summary>The tokens of the flows with both times.</summary>
    public required TokenAmount Total { get; init; }

    /// <summary>
    /// The sum over all buckets. It equals <see cref="Total"/>; it is computed separately as a check.
    /// </summary>
    public required TokenAmount Distributed { get; init; }

    /// <summary>
    /// Flows that count for the percentiles but, because a time is missing, not for the distribution.
    /// </summary>
    public required IReadOnlyList<ExcludedFlows> Excluded { get; init; }

    /// <summary>Tokens over time: the non-empty buckets, in order.</summary>
    public required TokenSeries Series { get; init; }
}
