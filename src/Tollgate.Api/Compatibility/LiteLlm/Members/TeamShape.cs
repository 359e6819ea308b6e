namespace Tollgate.Api.Compatibility.LiteLlm.Members;

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
