using Tollgate.Operations.Usage.Figures;

namespace Tollgate.Operations.Usage.Series;

/// <summary>One group over time.</summary>
public sealed record SeriesLine
{
    /// <summary>
    /// The names of the group and the subgroup; null for calls without one. Empty for the total and for the other
    /// groups.
    /// </summary>
    public required IReadOnlyList<string?> Names { get; init; }

    /// <summary>True if it is the sum of all groups that have no line: the total minus the lines.</summary>
    public required bool IsOther { get; init; }

    /// <summary>The values of the whole range, in the order of the measures.</summary>
    public required IReadOnlyList<MeasureValue> Values { get; init; }

    /// <summary>The points, oldest first, one for each bucket.</summary>
    public required IReadOnlyList<SeriesPoint> Points { get; init; }
}
