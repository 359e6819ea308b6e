using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Time;

namespace Tollgate.Identity.Accounts;

/// <summary>
/// Applies changes to accounts: again if another process changed one in between, never without an enabled
/// administrator, and with the end of the sessions that a change concerns.
/// </summary>
internal sealed class AccountWriter(AccountEntries entries, ISignInStore signIns, TimeProvider time)
{
    /// <summary>Rounded to the microsecond, the resolution of stored times.</summary>
    public DateTimeOffset Now => StoredTime.ToTime(time.GetUtcNow().ToMicros());

    /// <summary>Adds an account.</summary>
    /// <param name="username">The normalized name.</param>
    /// <param name="account">The account.</param>
    /// <param name="mustBeFirst">True to add it only if there is no other account.</param>
    /// <param name="link">The deletion of the one-time link that is used; null if there is none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<AccountResult> AddAsync(
        string username,
        StoredAccount account,
        bool mustBeFirst,
        RegistryChange? link,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var changes = AccountEntries.Replace(username, before: null, account, revision: 0).ToList();
            if (link is not null)
                changes.Add(link);
            if (mustBeFirst)
            {
                var read = await entries.ReadAsync(cancellationToken);
                if (read.Rows.Count > 0)
                    return AccountResult.Refused(
                        AccountProblem.NotFirst,
                        "There are accounts already. Ask an administrator to create yours."
                    );
                changes.Add(AccountEntries.ReplaceGuard(read, Now));
            }

            var outcome = await entries.ApplyAsync(changes, cancellationToken);
            if (outcome.IsApplied)
                return AccountResult.Applied(null, account.ToAccount(username, outcome.Version));
            if (Explain(outcome.Conflict!, username, link, isNew: true) is { } refusal)
                return refusal;
        }
    }

    /// <summary>Changes or removes an account.</summary>
    /// <param name="username">The normalized name.</param>
    /// <param name="change">Returns the new state; called again after a conflict.</param>
    /// <param name="link">The deletion of the one-time link that is used; null if there is none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<AccountResult> ChangeAsync(
        string username,
        Func<AccountRow, AccountUpdate> change,
        RegistryChange? link,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var read = await entries.ReadAsync(cancellationToken);
            if (read.Find(username) is not { } row)
                return AccountRules.RefuseUnknown(username);
            var update = change(row);
            var after = update.ToStored(Now);
            var changes = AccountEntries.Replace(username, row.Stored, after, row.Revision).ToList();
            if (link is not null)
                changes.Add(link);
            if (row.Stored.IsEnabledAdmin && after is not { IsEnabledAdmin: true })
            {
                if (!read.HasOtherAdmin(username))
                    return RefuseLastAdmin(username);
                changes.Add(AccountEntries.ReplaceGuard(read, Now));
            }

            var outcome = await entries.ApplyAsync(changes, cancellationToken);
            if (outcome.IsApplied)
            {
                if (update.SessionEnd is { } reason)
                    await signIns.EndAllAsync(username, update.KeptSession, reason, Now, cancellationToken);
                return AccountResult.Applied(row.ToAccount(), after?.ToAccount(username, outcome.Version));
            }

            if (Explain(outcome.Conflict!, username, link, isNew: false) is { } refusal)
                return refusal;
        }
    }

    /// <summary>Returns null if the change may be tried again.</summary>
    private static AccountResult? Explain(
        RegistryConflict conflict,
        string username,
        RegistryChange? link,
        bool isNew
    ) =>
        conflict.Kind switch
        {
            AccountEntries.Kind when isNew => AccountResult.Refused(
                AccountProblem.NameTaken,
                $"There is an account '{username}' already. Choose another name."
            ),
            AccountEntries.IdentityKind => AccountResult.Refused(
                AccountProblem.IdentityTaken,
                "Another account has this external identity. Remove it there first."
            ),
            _ when conflict.Kind == link?.Kind => RefuseLink(),
            _ => null,
        };

    public static AccountResult RefuseLink() =>
        AccountResult.Refused(
            AccountProblem.InvalidLink,
            "The link is not valid: it was used, or it has expired. Ask an administrator for a new one."
        );

    private static AccountResult RefuseLastAdmin(string username) =>
        AccountResult.Refused(
            AccountProblem.LastAdmin,
            $"'{username}' is the last enabled administrator, and can be neither removed, disabled, nor given another "
                + "role. Make another account an administrator first."
        );
}
