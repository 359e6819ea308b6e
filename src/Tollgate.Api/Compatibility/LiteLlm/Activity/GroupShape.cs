namespace Tollgate.Api.Compatibility.LiteLlm.Activity;

/// <summary>The sums of a group, also by key.</summary>
internal sealed record GroupShape
{
    /// <summary>The sums.</summary>
    public required MetricsShape Metrics { get; init; }

    /// <summary>Always empty.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The sums by key.</summary>
    public required IReadOnlyDictionary<string, KeyGroupShape> ApiKeyBreakdown { get; init; }
}
