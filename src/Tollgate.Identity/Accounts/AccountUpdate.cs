namespace Tollgate.Identity.Accounts;

/// <summary>A new state of an account, and the sessions that end with it.</summary>
/// <param name="Account">The new state; null to remove the account.</param>
/// <param name="SessionEnd">Why its sessions end; null if they go on.</param>
/// <param name="KeptSession">A session that goes on nevertheless.</param>
internal sealed record AccountUpdate(StoredAccount? Account, string? SessionEnd = null, Guid? KeptSession = null)
{
    /// <summary>Returns the state to store, in which sessions that began before a time are not accepted.</summary>
    public StoredAccount? ToStored(DateTimeOffset now) =>
        SessionEnd is null || Account is null
            ? Account
            : Account with
            {
                SessionsEndedAt = now,
                KeptSession = KeptSession,
            };
}
