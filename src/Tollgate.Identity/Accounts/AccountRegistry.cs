using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Identity.Passwords;

namespace Tollgate.Identity.Accounts;

/// <summary>
/// The accounts in the ledger's registry. A change of role or password, disabling, and deletion also end the sessions
/// of an account. At least one enabled administrator always remains.
/// </summary>
public sealed class AccountRegistry
{
    private readonly AccountEntries _entries;
    private readonly AccountWriter _writer;
    private readonly PasswordHasher _hasher;

    private AccountRegistry(AccountEntries entries, AccountWriter writer, PasswordHasher hasher) =>
        (_entries, _writer, _hasher) = (entries, writer, hasher);

    /// <summary>Opens the accounts, creating or upgrading the database.</summary>
    /// <param name="options">The ledger.</param>
    /// <param name="hasher">The hasher of the process.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<AccountRegistry> OpenAsync(
        LedgerOptions options,
        PasswordHasher hasher,
        CancellationToken cancellationToken = default
    )
    {
        var (store, signIns) = (options.OpenRegistry(), options.OpenSignIns());
        await RegistryMigration.PrepareAsync(store, options, cancellationToken);
        await signIns.MigrateAsync(cancellationToken);
        var entries = new AccountEntries(store);
        return new AccountRegistry(entries, new AccountWriter(entries, signIns, options.TimeProvider), hasher);
    }

    /// <summary>Returns all accounts, by name.</summary>
    public async Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken = default) =>
        [
            .. (await _entries.ReadAsync(cancellationToken))
                .Rows.Select(static row => row.ToAccount())
                .OrderBy(static account => account.Username, StringComparer.Ordinal),
        ];

    /// <summary>Returns the account with a name, which is normalized; null if there is none.</summary>
    public async Task<Account?> FindAsync(string username, CancellationToken cancellationToken = default) =>
        (await FindRowAsync(username, cancellationToken))?.ToAccount();

    /// <summary>Returns the account of an external identity; null if there is none. No other property of the person,
    /// such as an email address, finds an account.</summary>
    public async Task<Account?> FindAsync(ExternalIdentity identity, CancellationToken cancellationToken = default) =>
        (await _entries.FindAsync(identity, cancellationToken))?.ToAccount();

    /// <summary>Creates an account.</summary>
    public Task<AccountResult> CreateAsync(NewAccount request, CancellationToken cancellationToken = default) =>
        CreateAsync(request, mustBeFirst: false, link: null, cancellationToken);

    /// <summary>Changes the role, teams, or user of an account, or disables it.</summary>
    public Task<AccountResult> ChangeAsync(
        string username,
        AccountChange change,
        CancellationToken cancellationToken = default
    ) => ChangeAsync(username, change, static _ => { }, cancellationToken);

    /// <summary>Changes an account if it is in a certain state, which no concurrent change can slip past.</summary>
    /// <param name="username">The account.</param>
    /// <param name="change">The change.</param>
    /// <param name="require">Throws if the account, as it is right before the change, must not be changed.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<AccountResult> ChangeAsync(
        string username,
        AccountChange change,
        Action<Account> require,
        CancellationToken cancellationToken = default
    )
    {
        if (!Username.TryNormalize(username, out var name))
            return AccountRules.RefuseUnknown(username);
        if (AccountRules.CheckNames(change.User, change.Teams) is { } problem)
            return problem;
        return await _writer.ChangeAsync(
            name,
            row =>
            {
                require(row.ToAccount());
                return Change(row.Stored, change);
            },
            link: null,
            cancellationToken
        );
    }

    /// <summary>Sets or removes the external identity that may sign in as an account.</summary>
    public async Task<AccountResult> LinkAsync(
        string username,
        ExternalIdentity? identity,
        CancellationToken cancellationToken = default
    )
    {
        if (!Username.TryNormalize(username, out var name))
            return AccountRules.RefuseUnknown(username);
        if (AccountRules.CheckIdentity(identity) is { } problem)
            return problem;
        return await _writer.ChangeAsync(
            name,
            row =>
                identity?.Issuer == row.Stored.Issuer && identity?.Subject == row.Stored.Subject
                    ? new AccountUpdate(row.Stored)
                    : new AccountUpdate(
                        row.Stored with
                        {
                            Issuer = identity?.Issuer,
                            Subject = identity?.Subject,
                        },
                        SessionEnd.IdentityChanged
                    ),
            link: null,
            cancellationToken
        );
    }

    /// <summary>Sets the password of an account, and ends its sessions.</summary>
    /// <param name="username">The account.</param>
    /// <param name="password">The new password.</param>
    /// <param name="keptSession">The session in which the password is changed, which goes on; null to end all.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task<AccountResult> SetPasswordAsync(
        string username,
        string password,
        Guid? keptSession = null,
        CancellationToken cancellationToken = default
    ) => SetPasswordAsync(username, password, keptSession, link: null, cancellationToken);

    /// <summary>Removes an account, and ends its sessions. Usage recorded under its user is kept.</summary>
    public Task<AccountResult> DeleteAsync(string username, CancellationToken cancellationToken = default) =>
        DeleteAsync(username, static _ => { }, cancellationToken);

    /// <summary>Removes an account if it is in a certain state, which no concurrent change can slip past.</summary>
    /// <param name="username">The account.</param>
    /// <param name="require">Throws if the account, as it is right before the deletion, must stay.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<AccountResult> DeleteAsync(
        string username,
        Action<Account> require,
        CancellationToken cancellationToken = default
    ) =>
        Username.TryNormalize(username, out var name)
            ? await _writer.ChangeAsync(
                name,
                row =>
                {
                    require(row.ToAccount());
                    return new AccountUpdate(null, SessionEnd.AccountDeleted);
                },
                link: null,
                cancellationToken
            )
            : AccountRules.RefuseUnknown(username);

    /// <summary>Creates an account, perhaps only if it is the first, and uses up a one-time link with it.</summary>
    internal async Task<AccountResult> CreateAsync(
        NewAccount request,
        bool mustBeFirst,
        RegistryChange? link,
        CancellationToken cancellationToken
    )
    {
        if (!Username.TryNormalize(request.Username, out var name))
            return AccountRules.RefuseUsername(request.Username);
        if (AccountRules.Check(request, name) is { } problem)
            return problem;
        string? hash = null;
        if (
            request.Password is not null
            && (hash = await _hasher.HashAsync(request.Password, cancellationToken)) is null
        )
            return RefuseBusy();
        var now = _writer.Now;
        var account = new StoredAccount
        {
            Role = request.Role,
            User = request.User ?? name,
            Teams = [.. request.Teams.Distinct(StringComparer.Ordinal)],
            CreatedAt = now,
            PasswordHash = hash,
            PasswordChangedAt = hash is null ? null : now,
            // An earlier account of the same name may have left sessions if its deletion was interrupted.
            SessionsEndedAt = now,
            Issuer = request.ExternalIdentity?.Issuer,
            Subject = request.ExternalIdentity?.Subject,
        };
        return await _writer.AddAsync(name, account, mustBeFirst, link, cancellationToken);
    }

    /// <summary>Sets a password, and uses up a one-time link with it.</summary>
    internal async Task<AccountResult> SetPasswordAsync(
        string username,
        string password,
        Guid? keptSession,
        RegistryChange? link,
        CancellationToken cancellationToken
    )
    {
        if (!Username.TryNormalize(username, out var name))
            return AccountRules.RefuseUnknown(username);
        if (AccountRules.CheckPassword(password, name) is { } problem)
            return problem;
        if (await _hasher.HashAsync(password, cancellationToken) is not { } hash)
            return RefuseBusy();
        return await _writer.ChangeAsync(
            name,
            row => new AccountUpdate(
                row.Stored with
                {
                    PasswordHash = hash,
                    PasswordChangedAt = _writer.Now,
                },
                SessionEnd.PasswordChanged,
                keptSession
            ),
            link,
            cancellationToken
        );
    }

    /// <summary>Replaces a hash by one of the same password with more rounds, unless it was changed.</summary>
    internal Task RehashAsync(string username, string before, string after, CancellationToken cancellationToken) =>
        _writer.ChangeAsync(
            username,
            row => new AccountUpdate(
                row.Stored.PasswordHash == before ? row.Stored with { PasswordHash = after } : row.Stored
            ),
            link: null,
            cancellationToken
        );

    /// <summary>Returns an account with its hash, read from the registry itself.</summary>
    internal async Task<AccountRow?> FindRowAsync(string username, CancellationToken cancellationToken) =>
        Username.TryNormalize(username, out var name) ? await _entries.FindAsync(name, cancellationToken) : null;

    private AccountUpdate Change(StoredAccount before, AccountChange change)
    {
        var after = before with
        {
            Role = change.Role ?? before.Role,
            User = change.User ?? before.User,
            Teams = change.Teams is { } teams ? [.. teams.Distinct(StringComparer.Ordinal)] : before.Teams,
            DisabledAt = change.Disabled switch
            {
                true => before.DisabledAt ?? _writer.Now,
                false => null,
                null => before.DisabledAt,
            },
        };
        var reason =
            after.DisabledAt is not null && before.DisabledAt is null ? SessionEnd.Disabled
            : after.Role != before.Role ? SessionEnd.RoleChanged
            : null;
        return new AccountUpdate(after, reason);
    }

    private static AccountResult RefuseBusy() =>
        AccountResult.Refused(
            AccountProblem.Busy,
            "Too many passwords wait to be checked. Nothing was changed. Try again after a few seconds."
        );
}
