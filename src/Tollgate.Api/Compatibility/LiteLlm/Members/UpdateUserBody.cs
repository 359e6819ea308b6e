using Tollgate.Api.Contracts.Keys;

namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>A change to a user. Absent fields stay as they are.</summary>
internal sealed record UpdateUserBody : KeyLimitFields
{
    /// <summary>The name.</summary>
    public required string UserId { get; init; }

    /// <summary>The email address.</summary>
    public string? UserEmail { get; init; }

    /// <summary>Only <c>internal_user</c>.</summary>
    public string? UserRole { get; init; }

    /// <summary>Accepted without effect: it concerns the creation of users only.</summary>
    public bool? AutoCreateKey { get; init; }
}
