using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Summaries;

/// <summary>The totals of some usage.</summary>
public sealed record SummaryResult
{
    /// <summary>The range.</summary>
    public required RangeDetails Range { get; init; }

    /// <summary>The currency of all costs.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>The totals.</summary>
    public required UsageFigures Totals { get; init; }

    /// <summary>The percentiles of the duration; null if not requested.</summary>
    public DurationPercentiles? Percentiles { get; init; }

    /// <summary>The same for the range to compare with; null if not requested.</summary>
    public SummaryResult? Comparison { get; init; }
}
