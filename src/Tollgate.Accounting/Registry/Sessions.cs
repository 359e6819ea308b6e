using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Registry;

/// <summary>A conversation or a run that calls belong to.</summary>
public sealed record Session : Member
{
    /// <summary>What it is, in a few words.</summary>
    public string? Description { get; init; }
}

/// <summary>The sessions that the directory knows.</summary>
public sealed class Sessions : Members<Session>
{
    private Sessions(IDirectoryStore store)
        : base(store, DirectoryKinds.Session, DirectoryJson.Default.Session) { }

    /// <summary>Opens the sessions, creating or upgrading the database.</summary>
    public static async Task<Sessions> OpenAsync(LedgerOptions options, CancellationToken cancellation = default) =>
        new(await StoreAsync(options, cancellation));
}
