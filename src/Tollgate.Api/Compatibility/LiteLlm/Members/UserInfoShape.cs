using Tollgate.Api.Compatibility.LiteLlm.Keys;

namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>The response of <c>/user/info</c>.</summary>
internal sealed record UserInfoShape
{
    /// <summary>The user; null for a key that is bound to none.</summary>
    public required string? UserId { get; init; }

    /// <summary>The properties of the user.</summary>
    public required UserShape UserInfo { get; init; }

    /// <summary>The keys of the user within the sender's reach.</summary>
    public required IReadOnlyList<KeyShape> Keys { get; init; }

    /// <summary>The teams of these keys.</summary>
    public required IReadOnlyList<TeamShape> Teams { get; init; }
}
