using Tollgate.Api.Compatibility.LiteLlm.Keys;

namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>The response of <c>/team/info</c>.</summary>
internal sealed record TeamInfoShape
{
    /// <summary>The team.</summary>
    public required string TeamId { get; init; }

    /// <summary>The properties of the team.</summary>
    public required TeamShape TeamInfo { get; init; }

    /// <summary>The keys of the team within the sender's reach.</summary>
    public required IReadOnlyList<KeyShape> Keys { get; init; }

    /// <summary>Always empty: a team consists of keys.</summary>
    public IReadOnlyList<string> TeamMemberships { get; init; } = [];
}
