using System.Text.Json;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;

namespace Tollgate.Identity.Accounts;

/// <summary>The entries of accounts in the registry.</summary>
internal sealed class AccountEntries(IRegistryStore store)
{
    /// <summary>The kind of an account's entry, by username.</summary>
    public const string Kind = "account";

    /// <summary>The kind of an external identity's entry, by its hash.</summary>
    public const string IdentityKind = "account_identity";

    private const string GuardKind = "account_guard";
    private const string GuardName = "admins";

    private readonly RegistryTable<StoredAccount> _accounts = new(store, Kind, AccountJson.Default.StoredAccount);
    private readonly RegistryTable<StoredIdentity> _identities = new(
        store,
        IdentityKind,
        AccountJson.Default.StoredIdentity
    );

    public static AccountRow ToRow(RegistryEntry entry) =>
        new(
            entry.Name,
            RegistryTable<StoredAccount>.Deserialize(entry, AccountJson.Default.StoredAccount),
            entry.Revision
        );

    public async Task<AccountRow?> FindAsync(string username, CancellationToken cancellationToken) =>
        await _accounts.FindAsync(username, cancellationToken) is { } row
            ? new AccountRow(row.Name, row.Value, row.Revision)
            : null;

    public async Task<AccountRow?> FindAsync(ExternalIdentity identity, CancellationToken cancellationToken) =>
        await _identities.FindAsync(identity.ToEntryName(), cancellationToken) is { } found
        && await FindAsync(found.Value.Account, cancellationToken) is { } row
        && row.ToAccount().ExternalIdentity == identity
            ? row
            : null;

    /// <summary>Reads all accounts in one snapshot.</summary>
    public async Task<AccountSet> ReadAsync(CancellationToken cancellationToken)
    {
        var entries = (await store.ReadAsync([Kind, GuardKind], cancellationToken)).Entries;
        return new AccountSet(
            [.. entries.Where(static entry => entry.Kind == Kind).Select(ToRow)],
            entries.FirstOrDefault(static entry => entry.Kind == GuardKind)?.Revision ?? 0
        );
    }

    public Task<RegistryOutcome> ApplyAsync(
        IReadOnlyList<RegistryChange> changes,
        CancellationToken cancellationToken
    ) => store.ApplyAsync(changes, cancellationToken);

    /// <summary>Replaces an account, or removes it if there is no new state; a new one has the revision 0.</summary>
    public static IEnumerable<RegistryChange> Replace(
        string username,
        StoredAccount? before,
        StoredAccount? after,
        long revision
    )
    {
        yield return after is null
            ? RegistryChange.Delete(Kind, username, revision)
            : RegistryChange.Put(
                Kind,
                username,
                JsonSerializer.Serialize(after, AccountJson.Default.StoredAccount),
                revision
            );
        var (former, identity) = (IdentityOf(before), IdentityOf(after));
        if (former == identity)
            yield break;
        if (former is not null)
            yield return RegistryChange.Delete(IdentityKind, former.ToEntryName());
        if (identity is not null)
            yield return RegistryChange.Put(
                IdentityKind,
                identity.ToEntryName(),
                JsonSerializer.Serialize(new StoredIdentity(username), AccountJson.Default.StoredIdentity),
                expected: 0
            );
    }

    /// <summary>Replaces the guard, unless another change has replaced it since the accounts were read.</summary>
    public static RegistryChange ReplaceGuard(AccountSet read, DateTimeOffset now) =>
        RegistryChange.Put(
            GuardKind,
            GuardName,
            JsonSerializer.Serialize(new AdminGuard(now), AccountJson.Default.AdminGuard),
            read.GuardRevision
        );

    private static ExternalIdentity? IdentityOf(StoredAccount? account) =>
        account is { Issuer: { } issuer, Subject: { } subject } ? new ExternalIdentity(issuer, subject) : null;
}
