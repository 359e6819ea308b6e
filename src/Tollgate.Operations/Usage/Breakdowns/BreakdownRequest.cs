using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Breakdowns;

/// <summary>Requests the sums of each combination of bucket and dimensions.</summary>
/// <param name="Scope">The usage.</param>
public sealed record BreakdownRequest(UsageScope Scope)
{
    /// <summary>The length of the buckets; null for one bucket.</summary>
    public UsageBucket? Bucket { get; init; }

    /// <summary>The dimensions.</summary>
    public IReadOnlyList<UsageDimension> By { get; init; } = [];
}
