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

    /// <summary>False to refuse calls attributed to it; absent for true.</summary>
    public bool? Enabled { get; init; }
}

/// <summary>A project or an application after a change.</summary>
internal sealed record ChangeMemberBody
{
    /// <summary>A short description; null if there is none.</summary>
    public string? Description { get; init; }

    /// <summary>True if calls attributed to it are accepted.</summary>
    public required bool Enabled { get; init; }
}
