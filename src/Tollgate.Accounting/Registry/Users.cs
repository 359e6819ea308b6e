using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Registry;

/// <summary>A person who makes calls.</summary>
public sealed record User : Member
{
    /// <summary>The organizational unit to which the user belongs.</summary>
    public string? OrganizationUnit { get; init; }

    /// <summary>The email address.</summary>
    public string? Email { get; init; }

    /// <summary>The team whose managers administer the entry; null if only administrators do.</summary>
    public string? Team { get; init; }
}

/// <summary>The users in the registry.</summary>
public sealed class Users : MemberTable<User>
{
    private Users(IRegistryStore store)
        : base(store, RegistryKinds.User, RegistryJson.Default.User) { }

    /// <summary>Opens the users, creating or upgrading the database.</summary>
    public static async Task<Users> OpenAsync(LedgerOptions options, CancellationToken cancellationToken = default) =>
        new(await OpenStoreAsync(options, cancellationToken));
}
