using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Facets;

/// <summary>The values that a dimension has in some usage.</summary>
public sealed record FacetResult
{
    /// <summary>The range.</summary>
    public required RangeDetails Range { get; init; }

    /// <summary>The currency of all costs.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>The dimension.</summary>
    public required UsageDimension Field { get; init; }

    /// <summary>The values with the most calls, in that order.</summary>
    public required IReadOnlyList<FacetValue> Values { get; init; }

    /// <summary>The number of values found, including those that are not listed.</summary>
    public required int ValueCount { get; init; }

    /// <summary>The totals of the values that are not listed.</summary>
    public required FacetValue Other { get; init; }

    /// <summary>
    /// True if there were too many records to read them all; then only the latest part of the range was read.
    /// </summary>
    public required bool IsCapped { get; init; }

    /// <summary>The start of the part that was read.</summary>
    public required DateTimeOffset ReadFrom { get; init; }
}
