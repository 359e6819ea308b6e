using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Registry;

/// <summary>What calls are made for.</summary>
public sealed record Project : Member
{
    /// <summary>What it is, in a few words.</summary>
    public string? Description { get; init; }
}

/// <summary>The projects that the directory knows.</summary>
public sealed class Projects : Members<Project>
{
    private Projects(IDirectoryStore store)
        : base(store, DirectoryKinds.Project, DirectoryJson.Default.Project) { }

    /// <summary>Opens the projects, creating or upgrading the database.</summary>
    public static async Task<Projects> OpenAsync(LedgerOptions options, CancellationToken cancellation = default) =>
        new(await StoreAsync(options, cancellation));
}
