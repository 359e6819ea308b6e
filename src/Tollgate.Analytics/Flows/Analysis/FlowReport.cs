using Tollgate.Analytics.Flows.Tallies;

namespace Tollgate.Analytics.Flows.Analysis;

/// <summary>The answer of a flow analysis.</summary>
public sealed record FlowReport
{
    /// <summary>The names of what was read.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>What was asked.</summary>
    public required FlowOptions Options { get; init; }

    /// <summary>Rows read: those counted, those rejected and those filtered out. Empty lines are none.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that a filter left out.</summary>
    public required long Filtered { get; init; }

    /// <summary>Rows that were not counted because they are wrong.</summary>
    public required RejectedFlows Rejected { get; init; }

    /// <summary>
    /// Flows whose cost nobody knows: they are in the distribution, but in no group's costs. None where options price
    /// them.
    /// </summary>
    public long Unpriced { get; init; }

    /// <summary>The groups, in the order of their names.</summary>
    public required IReadOnlyList<FlowGroup> Groups { get; init; }

    /// <summary>The bucket with the most tokens, the earliest of several; null where no flow has both times.</summary>
    public required TokenBucket? Peak { get; init; }

    /// <summary>The tokens of the flows with both times.</summary>
    public required TokenAmount Total { get; init; }

    /// <summary>
    /// The sum over all buckets. It equals <see cref="Total"/>; it is added up anew, so that one can see it.
    /// </summary>
    public required TokenAmount Distributed { get; init; }

    /// <summary>Flows that count for the percentiles, and for want of a time not for the distribution.</summary>
    public required IReadOnlyList<ExcludedFlows> Excluded { get; init; }

    /// <summary>Tokens over time: the buckets that have some, in their order.</summary>
    public required TokenSeries Series { get; init; }
}
