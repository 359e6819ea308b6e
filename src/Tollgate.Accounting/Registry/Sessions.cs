using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Registry;

/// <summary>A conversation or run to which calls belong.</summary>
public sealed record Session : Member
{
    /// <summary>A short description of the conversation.</summary>
    public string? Description { get; init; }
}

/// <summary>The conversations in the registry.</summary>
public sealed class Sessions : Members<Session>
{
    private Sessions(IDirectoryStore store)
        : base(store, DirectoryKinds.Session, DirectoryJson.Default.Session) { }

    /// <summary>Opens the conversations, creating or upgrading the database.</summary>
    public static async Task<Sessions> OpenAsync(LedgerOptions options, CancellationToken cancellation = default) =>
        new(await StoreAsync(options, cancellation));
}
