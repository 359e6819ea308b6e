using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Summaries;

/// <summary>Requests the totals of some usage.</summary>
/// <param name="Scope">The usage.</param>
public sealed record SummaryRequest(UsageScope Scope)
{
    /// <summary>The range to compare with, under the same conditions; null for none.</summary>
    public TimeRange? Comparison { get; init; }

    /// <summary>True to compute percentiles of the duration, which reads the records.</summary>
    public bool WithPercentiles { get; init; }
}
