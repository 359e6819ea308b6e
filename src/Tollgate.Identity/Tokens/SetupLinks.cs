using System.Buffers.Text;
using System.Security.Cryptography;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Accounting.Time;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Permissions;

namespace Tollgate.Identity.Tokens;

/// <summary>
/// One-time links that create the first administrator or set a password, valid for an hour. A link is removed in the
/// same transaction that changes the account, so that of several uses one succeeds.
/// </summary>
public sealed class SetupLinks
{
    private const string Kind = "sign_in_link";
    private const int RandomBytes = 32;

    private readonly IRegistryStore _store;
    private readonly RegistryTable<StoredLink> _table;
    private readonly AccountRegistry _accounts;
    private readonly IdentityOptions _options;
    private readonly TimeProvider _time;

    private SetupLinks(IRegistryStore store, AccountRegistry accounts, IdentityOptions options, TimeProvider time)
    {
        (_store, _accounts, _options, _time) = (store, accounts, options, time);
        _table = new RegistryTable<StoredLink>(store, Kind, TokenJson.Default.StoredLink);
    }

    /// <summary>Opens the links, creating or upgrading the database.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="accounts">The accounts.</param>
    /// <param name="options">The times.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<SetupLinks> OpenAsync(
        LedgerOptions ledger,
        AccountRegistry accounts,
        IdentityOptions options,
        CancellationToken cancellationToken = default
    )
    {
        var store = ledger.OpenRegistry();
        await RegistryMigration.PrepareAsync(store, ledger, cancellationToken);
        return new SetupLinks(store, accounts, options, ledger.TimeProvider);
    }

    /// <summary>Creates a link for the first administrator; returns null if there is an account.</summary>
    public async Task<IssuedLink?> IssueForFirstAdminAsync(CancellationToken cancellationToken = default) =>
        (await _accounts.ListAsync(cancellationToken)).Count == 0
            ? await IssueAsync(LinkPurpose.FirstAdmin, null, cancellationToken)
            : null;

    /// <summary>Creates a link that sets the password of an account; returns null if there is no account.</summary>
    public async Task<IssuedLink?> IssueForPasswordAsync(
        string username,
        CancellationToken cancellationToken = default
    ) =>
        await _accounts.FindAsync(username, cancellationToken) is { } account
            ? await IssueAsync(LinkPurpose.Password, account.Username, cancellationToken)
            : null;

    /// <summary>Returns the use of a link without using it up; null if it is unknown, used, or expired.</summary>
    public async Task<SignInLink?> FindAsync(string? token, CancellationToken cancellationToken = default) =>
        await FindRowAsync(token, cancellationToken) is { } row
            ? new SignInLink(row.Value.Purpose, row.Value.Account, row.Value.ExpiresAt)
            : null;

    /// <summary>Creates the first account, an administrator. The link remains valid if a value is refused.</summary>
    public async Task<AccountResult> CreateFirstAdminAsync(
        string? token,
        string username,
        string password,
        CancellationToken cancellationToken = default
    )
    {
        if (await FindRowAsync(token, cancellationToken) is not { Value.Purpose: LinkPurpose.FirstAdmin } row)
            return AccountWriter.RefuseLink();
        var request = new NewAccount
        {
            Username = username,
            Role = Role.Admin,
            Password = password,
        };
        return await _accounts.CreateAsync(request, mustBeFirst: true, UseUp(row), cancellationToken);
    }

    /// <summary>
    /// Sets the password of the account for which a link was created, and ends its sessions. The link remains valid if
    /// the password is refused.
    /// </summary>
    public async Task<AccountResult> SetPasswordAsync(
        string? token,
        string password,
        CancellationToken cancellationToken = default
    ) =>
        await FindRowAsync(token, cancellationToken)
            is { Value: { Purpose: LinkPurpose.Password, Account: { } account } } row
            ? await _accounts.SetPasswordAsync(account, password, keptSession: null, UseUp(row), cancellationToken)
            : AccountWriter.RefuseLink();

    private async Task<RegistryTable<StoredLink>.Row?> FindRowAsync(string? token, CancellationToken cancellationToken)
    {
        if (!KeyHash.TryCompute(token, out var hash))
            return null;
        var row = await _table.FindAsync(hash.ToString(), cancellationToken);
        return row is not null && _time.GetUtcNow() < row.Value.ExpiresAt ? row : null;
    }

    private static RegistryChange UseUp(RegistryTable<StoredLink>.Row row) =>
        RegistryChange.Delete(Kind, row.Name, row.Revision);

    private async Task<IssuedLink> IssueAsync(LinkPurpose purpose, string? account, CancellationToken cancellationToken)
    {
        var now = StoredTime.ToTime(_time.GetUtcNow().ToMicros());
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        KeyHash.TryCompute(token, out var hash);
        var stored = new StoredLink(purpose, account, now + _options.LinkLifetime);
        await RemoveExpiredAsync(now, cancellationToken);
        await _table.PutAsync(hash.ToString(), stored, expected: 0, cancellationToken);
        return new IssuedLink(new SignInLink(purpose, account, stored.ExpiresAt), token);
    }

    private async Task RemoveExpiredAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var expired = (await _table.ReadAsync(cancellationToken)).Where(row => row.Value.ExpiresAt <= now).ToList();
        if (expired.Count > 0)
            await _store.ApplyAsync(
                [.. expired.Select(static row => RegistryChange.Delete(Kind, row.Name))],
                cancellationToken
            );
    }
}
