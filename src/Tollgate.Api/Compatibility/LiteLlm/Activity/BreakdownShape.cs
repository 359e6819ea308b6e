namespace Tollgate.Api.Compatibility.LiteLlm.Activity;

/// <summary>The sums of a day by several dimensions; each adds up to the day.</summary>
internal sealed record BreakdownShape
{
    /// <summary>By model.</summary>
    public required IReadOnlyDictionary<string, GroupShape> Models { get; init; }

    /// <summary>Always empty.</summary>
    public IReadOnlyDictionary<string, GroupShape> ModelGroups { get; init; } = new Dictionary<string, GroupShape>();

    /// <summary>By provider.</summary>
    public required IReadOnlyDictionary<string, GroupShape> Providers { get; init; }

    /// <summary>Always empty.</summary>
    public IReadOnlyDictionary<string, GroupShape> Endpoints { get; init; } = new Dictionary<string, GroupShape>();

    /// <summary>Always empty.</summary>
    public IReadOnlyDictionary<string, GroupShape> McpServers { get; init; } = new Dictionary<string, GroupShape>();

    /// <summary>By key; <c>none</c> for calls without one.</summary>
    public required IReadOnlyDictionary<string, KeyGroupShape> ApiKeys { get; init; }

    /// <summary>By user or, for teams, by team; <c>none</c> for calls without one.</summary>
    public required IReadOnlyDictionary<string, GroupShape> Entities { get; init; }
}
