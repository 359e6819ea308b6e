using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>A user.</summary>
internal sealed record UserShape : MemberShape
{
    /// <summary>The key that was created with the user, in that response only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>The name.</summary>
    public required string? UserId { get; init; }

    /// <summary>The email address.</summary>
    public required string? UserEmail { get; init; }

    /// <summary>Always <c>internal_user</c>: the roles of those who sign in are those of accounts.</summary>
    public string UserRole { get; init; } = "internal_user";

    /// <summary>The teams of the user's keys.</summary>
    public required IReadOnlyList<string> Teams { get; init; }
}
