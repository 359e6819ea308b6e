using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Registry;

/// <summary>A program that makes calls.</summary>
public sealed record Application : Member
{
    /// <summary>A short description of the application.</summary>
    public string? Description { get; init; }

    /// <summary>The team whose managers administer the entry; null if only administrators do.</summary>
    public string? Team { get; init; }
}

/// <summary>The applications in the registry.</summary>
public sealed class Applications : MemberTable<Application>
{
    private Applications(IRegistryStore store)
        : base(store, RegistryKinds.Application, RegistryJson.Default.Application) { }

    /// <summary>Opens the applications, creating or upgrading the database.</summary>
    public static async Task<Applications> OpenAsync(
        LedgerOptions options,
        CancellationToken cancellationToken = default
    ) => new(await OpenStoreAsync(options, cancellationToken));
}
