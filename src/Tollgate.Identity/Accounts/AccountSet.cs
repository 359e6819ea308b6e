namespace Tollgate.Identity.Accounts;

/// <summary>All accounts at one point in time.</summary>
/// <param name="Rows">The accounts, in no particular order.</param>
/// <param name="GuardRevision">The revision of the <see cref="AdminGuard"/>; 0 if it does not exist.</param>
internal sealed record AccountSet(IReadOnlyList<AccountRow> Rows, long GuardRevision)
{
    public AccountRow? Find(string username) => Rows.FirstOrDefault(row => row.Username == username);

    /// <summary>True if an enabled administrator other than this account remains.</summary>
    public bool HasOtherAdmin(string username) =>
        Rows.Any(row => row.Username != username && row.Stored.IsEnabledAdmin);
}
