using System.Text.Json.Serialization;
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

/// <summary>The limits of a user or a team, with the spend that counts against them.</summary>
internal abstract record MemberShape
{
    /// <summary>
    /// The spend in the current window of its budget, in US dollars; without a budget, all recorded spend within the
    /// sender's reach.
    /// </summary>
    public required decimal Spend { get; init; }

    /// <summary>The maximum spend in US dollars; null if there is none.</summary>
    public required decimal? MaxBudget { get; init; }

    /// <summary>The interval after which the budget resets, such as <c>30d</c>; null if it never does.</summary>
    public required string? BudgetDuration { get; init; }

    /// <summary>When the budget resets; null if it never does.</summary>
    public required DateTimeOffset? BudgetResetAt { get; init; }

    /// <summary>The maximum number of tokens per minute; null if there is none.</summary>
    public required decimal? TpmLimit { get; init; }

    /// <summary>The maximum number of requests per minute; null if there is none.</summary>
    public required decimal? RpmLimit { get; init; }

    /// <summary>Always empty: keys have lists of models.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Notes of its creator.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}

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

/// <summary>A team.</summary>
internal sealed record TeamShape : MemberShape
{
    /// <summary>The name.</summary>
    public required string TeamId { get; init; }

    /// <summary>The name for people.</summary>
    public required string TeamAlias { get; init; }

    /// <summary>Always null: organizations are properties of keys.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>Always empty: a team consists of keys.</summary>
    public IReadOnlyList<string> MembersWithRoles { get; init; } = [];

    /// <summary>Always false.</summary>
    public bool Blocked { get; init; }
}
