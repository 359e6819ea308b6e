namespace Tollgate.Identity.Accounts;

/// <summary>An account with the name and the revision of its entry.</summary>
internal sealed record AccountRow(string Username, StoredAccount Stored, long Revision)
{
    public Account ToAccount() => Stored.ToAccount(Username, Revision);
}
