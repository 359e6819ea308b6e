using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Registry;

/// <summary>
/// A team, to which keys belong. Limits and keys may name a team that has no entry; the entry adds a name for people.
/// </summary>
public sealed record Team : Member
{
    /// <summary>The name for people; null if it is the name itself.</summary>
    public string? Alias { get; init; }

    /// <summary>Notes of its creator; null if there are none.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>The teams in the registry.</summary>
public sealed class Teams : MemberTable<Team>
{
    private Teams(IRegistryStore store)
        : base(store, RegistryKinds.Team, RegistryJson.Default.Team) { }

    /// <summary>Opens the teams, creating or upgrading the database.</summary>
    public static async Task<Teams> OpenAsync(LedgerOptions options, CancellationToken cancellationToken = default) =>
        new(await OpenStoreAsync(options, cancellationToken));
}
