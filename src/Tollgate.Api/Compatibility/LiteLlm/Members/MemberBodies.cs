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

/// <summary>Users to be deleted.</summary>
internal sealed record DeleteUsersBody
{
    /// <summary>The names.</summary>
    public required IReadOnlyList<string> UserIds { get; init; }
}

/// <summary>A page of users.</summary>
internal sealed record UserPageShape
{
    /// <summary>The users.</summary>
    public required IReadOnlyList<UserShape> Users { get; init; }

    /// <summary>The number of all users that match.</summary>
    public required int Total { get; init; }

    /// <summary>The number of the page, from 1.</summary>
    public required int Page { get; init; }

    /// <summary>The maximum number of users on a page.</summary>
    public required int PageSize { get; init; }

    /// <summary>The number of pages.</summary>
    public required int TotalPages { get; init; }
}

/// <summary>A team to be created.</summary>
internal sealed record NewTeamBody : KeyLimitFields
{
    /// <summary>The name in keys and limits; absent for the alias.</summary>
    public string? TeamId { get; init; }

    /// <summary>The name for people.</summary>
    public string? TeamAlias { get; init; }

    /// <summary>Notes of its creator.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

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

/// <summary>Teams to be deleted.</summary>
internal sealed record DeleteTeamsBody
{
    /// <summary>The names.</summary>
    public required IReadOnlyList<string> TeamIds { get; init; }
}

/// <summary>The users or teams that were deleted, and their keys.</summary>
/// <param name="Deleted">The users or teams.</param>
/// <param name="RevokedKeys">The tokens of their keys, which were revoked.</param>
internal sealed record DeletedMembersShape(IReadOnlyList<string> Deleted, IReadOnlyList<string> RevokedKeys);
