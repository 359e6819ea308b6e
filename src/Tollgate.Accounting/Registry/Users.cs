using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Registry;

/// <summary>Who makes calls.</summary>
public sealed record User : Member
{
    /// <summary>The part of the organisation that the user belongs to.</summary>
    public string? OrganizationUnit { get; init; }

    /// <summary>The address for mail.</summary>
    public string? Email { get; init; }
}

/// <summary>The users that the directory knows.</summary>
public sealed class Users : Members<User>
{
    private Users(IDirectoryStore store)
        : base(store, DirectoryKinds.User, DirectoryJson.Default.User) { }

    /// <summary>Opens the users, creating or upgrading the database.</summary>
    public static async Task<Users> OpenAsync(LedgerOptions options, CancellationToken cancellation = default) =>
        new(await StoreAsync(options, cancellation));
}
