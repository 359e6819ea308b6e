using Tollgate.Api.Contracts.Keys;

namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>A user to be created.</summary>
internal sealed record NewUserBody : KeyLimitFields
{
    /// <summary>The name; absent for the email address.</summary>
    public string? UserId { get; init; }

    /// <summary>The email address.</summary>
    public string? UserEmail { get; init; }

    /// <summary>Only <c>internal_user</c>: those who administer sign in with an account.</summary>
    public string? UserRole { get; init; }

    /// <summary>True, or absent, to create a key that is bound to the user.</summary>
    public bool? AutoCreateKey { get; init; }
}
