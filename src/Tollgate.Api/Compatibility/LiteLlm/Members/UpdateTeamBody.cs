using Tollgate.Api.Contracts.Keys;

namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>A change to a team. Absent fields stay as they are.</summary>
internal sealed record UpdateTeamBody : KeyLimitFields
{
    /// <summary>The name in keys and limits.</summary>
    public required string TeamId { get; init; }

    /// <summary>The name for people.</summary>
    public string? TeamAlias { get; init; }

    /// <summary>Notes of its creator.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
