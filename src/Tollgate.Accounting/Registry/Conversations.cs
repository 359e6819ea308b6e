using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Registry;

/// <summary>A conversation or run to which calls belong.</summary>
public sealed record Conversation : Member
{
    /// <summary>A short description of the conversation.</summary>
    public string? Description { get; init; }
}

/// <summary>The conversations in the registry.</summary>
public sealed class Conversations : MemberTable<Conversation>
{
    private Conversations(IRegistryStore store)
        : base(store, RegistryKinds.Conversation, RegistryJson.Default.Conversation) { }

    /// <summary>Opens the conversations, creating or upgrading the database.</summary>
    public static async Task<Conversations> OpenAsync(
        LedgerOptions options,
        CancellationToken cancellationToken = default
    ) => new(await OpenStoreAsync(options, cancellationToken));
}
