using System.Text.Json.Serialization;
using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage.Figures;

namespace Tollgate.Operations.Usage.Series;

/// <summary>One bucket of a line.</summary>
public sealed record SeriesPoint
{
    /// <summary>Its start, with the offset that the time zone has then; cut by the start of the range.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Its end, exclusive; cut by the end of the range.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>True if it is not over yet, or cut by the range.</summary>
    public required bool IsPartial { get; init; }

    /// <summary>
    /// The values in the order of the measures. A bucket without calls has 0, and null for an average.
    /// </summary>
    public required IReadOnlyList<MeasureValue> Values { get; init; }

    /// <summary>The number of calls without a price, which the cost does not include.</summary>
    public required long Unpriced { get; init; }

    /// <summary>The number of calls whose usage is estimated.</summary>
    public required long Estimated { get; init; }

    /// <summary>
    /// The totals from which they were computed; without durations and consumption if no measure needs them.
    /// </summary>
    [JsonIgnore]
    public UsageTotals Totals { get; init; } = new();
}
