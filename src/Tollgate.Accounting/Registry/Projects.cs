using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Registry;

/// <summary>A purpose for which calls are made.</summary>
public sealed record Project : Member
{
    /// <summary>A short description of the project.</summary>
    public string? Description { get; init; }

    /// <summary>The team whose managers administer the entry; null if only administrators do.</summary>
    public string? Team { get; init; }
}

/// <summary>The projects in the registry.</summary>
public sealed class Projects : MemberTable<Project>
{
    private Projects(IRegistryStore store)
        : base(store, RegistryKinds.Project, RegistryJson.Default.Project) { }

    /// <summary>Opens the projects, creating or upgrading the database.</summary>
    public static async Task<Projects> OpenAsync(
        LedgerOptions options,
        CancellationToken cancellationToken = default
    ) => new(await OpenStoreAsync(options, cancellationToken));
}
