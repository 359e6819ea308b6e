using Tollgate.Accounting;
using Tollgate.Accounting.Registry;

namespace Tollgate.Identity.Accounts;

/// <summary>Finds accounts in the watched registry, which is at most a second old.</summary>
internal sealed class AccountLookup(RegistryWatcher watcher, AccountRegistry accounts)
{
    private readonly SnapshotEntries _entries = new(watcher, AccountEntries.Kind);

    /// <summary>
    /// Returns an account; null if there is none. An account that seems to be absent or disabled may have been created
    /// or enabled just now, so the registry itself is asked.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">The registry could not be read for too long, or does not have the
    /// account and cannot be asked.</exception>
    public async ValueTask<AccountRow?> FindAsync(string username, CancellationToken cancellationToken)
    {
        var seen = _entries.Find(username) is { } entry ? AccountEntries.ToRow(entry) : null;
        if (seen is { Stored.DisabledAt: null })
            return seen;
        try
        {
            return await accounts.FindRowAsync(username, cancellationToken);
        }
        catch (LedgerUnavailableException) when (seen is not null)
        {
            return seen;
        }
    }
}
