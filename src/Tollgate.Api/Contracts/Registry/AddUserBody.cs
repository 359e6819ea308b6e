namespace Tollgate.Api.Contracts.Registry;

/// <summary>A user to be added.</summary>
internal sealed record AddUserBody
{
    /// <summary>The name, as given in calls.</summary>
    public required string Name { get; init; }

    /// <summary>The organizational unit.</summary>
    public string? OrganizationUnit { get; init; }

    /// <summary>The email address.</summary>
    public string? Email { get; init; }

    /// <summary>The team whose managers administer the entry; null if only administrators do.</summary>
    public string? Team { get; init; }

    /// <summary>False to refuse calls attributed to the user; absent for true.</summary>
    public bool? Enabled { get; init; }
}

/// <summary>A user after a change.</summary>
internal sealed record ChangeUserBody
{
    /// <summary>The organizational unit; null if there is none.</summary>
    public string? OrganizationUnit { get; init; }

    /// <summary>The email address; null if there is none.</summary>
    public string? Email { get; init; }

    /// <summary>The team whose managers administer the entry; null if only administrators do.</summary>
    public string? Team { get; init; }

    /// <summary>True if calls attributed to the user are accepted.</summary>
    public required bool Enabled { get; init; }
}

/// <summary>A project or an application to be added.</summary>
internal sealed record AddMemberBody
{
    /// <summary>The name, as given in calls.</summary>
    public required string Name { get; init; }

    /// <summary>A short description.</summary>
    public string? Description { get; init; }

    /// <summary>The team whose managers administer the entry; null if only administrators do.</summary>
    public string? Team { get; init; }

    /// <summary>False to refuse calls attributed to it; absent for true.</summary>
    public bool? Enabled { get; init; }
}

/// <summary>A project or an application after a change.</summary>
internal sealed record ChangeMemberBody
{
    /// <summary>A short description; null if there is none.</summary>
    public string? Description { get; init; }

    /// <summary>The team whose managers administer the entry; null if only administrators do.</summary>
    public string? Team { get; init; }

    /// <summary>True if calls attributed to it are accepted.</summary>
    public required bool Enabled { get; init; }
}

/// <summary>A team to be added.</summary>
internal sealed record AddTeamBody
{
    /// <summary>The name, as in keys, limits, and accounts.</summary>
    public required string Name { get; init; }

    /// <summary>The name for people.</summary>
    public string? Alias { get; init; }

    /// <summary>Free-form notes.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>A team after a change.</summary>
internal sealed record ChangeTeamBody
{
    /// <summary>The name for people; null if it is the name itself.</summary>
    public string? Alias { get; init; }

    /// <summary>Free-form notes; null if there are none.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
