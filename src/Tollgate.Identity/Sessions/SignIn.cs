using System.Net;
using Tollgate.Accounting;
using Tollgate.Accounting.SignIns;
using Tollgate.Accounting.Stores;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Passwords;

namespace Tollgate.Identity.Sessions;

/// <summary>
/// Signs people in by name and password. Unknown names cost as much work and get the same response as wrong passwords.
/// </summary>
public sealed class SignIn
{
    private readonly AccountRegistry _accounts;
    private readonly PasswordHasher _hasher;
    private readonly ActiveSessions _sessions;
    private readonly SignInThrottle _throttle;

    /// <summary>Creates the service.</summary>
    /// <param name="accounts">The accounts.</param>
    /// <param name="hasher">The hasher of the process.</param>
    /// <param name="sessions">The sessions of the process.</param>
    /// <param name="store">The store with the counters of attempts.</param>
    /// <param name="time">The clock.</param>
    public SignIn(
        AccountRegistry accounts,
        PasswordHasher hasher,
        ActiveSessions sessions,
        ISignInStore store,
        TimeProvider time
    ) => (_accounts, _hasher, _sessions, _throttle) = (accounts, hasher, sessions, new SignInThrottle(store, time));

    /// <summary>Checks a name and a password, and begins a session.</summary>
    /// <param name="username">The name as entered.</param>
    /// <param name="password">The password as entered.</param>
    /// <param name="address">The network address of the client; null if unknown, which is not throttled.</param>
    /// <param name="agent">The client's description of itself; null if it sent none.</param>
    /// <param name="kind">The kind of client.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="LedgerUnavailableException">The store is unavailable.</exception>
    public async Task<SignInResult> SignInAsync(
        string username,
        string password,
        IPAddress? address,
        string? agent,
        SignInKind kind,
        CancellationToken cancellationToken = default
    )
    {
        var (account, refusal) = await VerifyAsync(username, password, address, cancellationToken);
        if (account is null)
            return refusal!;
        var client = new SignInClient(address, agent);
        return
            await _sessions.StartAsync(account, kind, SignInMethod.Password, client, cancellationToken) is { } started
            ? new SignInResult.Success(started)
            : new SignInResult.WrongCredentials();
    }

    /// <summary>
    /// Checks a name and a password without beginning a session, such as before a change of the password; attempts
    /// count in the same way. Returns null if they are right, otherwise why not.
    /// </summary>
    /// <param name="username">The name as entered.</param>
    /// <param name="password">The password as entered.</param>
    /// <param name="address">The network address of the client; null if unknown, which is not throttled.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="LedgerUnavailableException">The store is unavailable.</exception>
    public async Task<SignInResult?> FindProblemAsync(
        string username,
        string password,
        IPAddress? address,
        CancellationToken cancellationToken = default
    ) => (await VerifyAsync(username, password, address, cancellationToken)).Refusal;

    private async Task<(Account? Account, SignInResult? Refusal)> VerifyAsync(
        string username,
        string password,
        IPAddress? address,
        CancellationToken cancellationToken
    )
    {
        // 1. Count, before anything is compared.
        if (await _throttle.CountAsync(address, cancellationToken) is { } wait)
            return (null, new SignInResult.Throttled(wait));
        var isName = Username.TryNormalize(username, out var name);
        if (isName && await _throttle.CountAsync(name, cancellationToken) is { } accountWait)
            return (null, new SignInResult.Throttled(accountWait));

        // 2. Hash, also for an account that does not exist or is disabled.
        var row = isName ? await _accounts.FindRowAsync(name, cancellationToken) : null;
        var hash = row is { Stored.DisabledAt: null } ? row.Stored.PasswordHash : null;
        var check = await _hasher.VerifyAsync(password, hash, cancellationToken);
        if (check == PasswordCheck.Busy)
            return (null, new SignInResult.Busy());
        if (check == PasswordCheck.Wrong || row is null || hash is null)
            return (null, new SignInResult.WrongCredentials());

        // 3. Forget the wrong passwords, and renew an outdated hash if there is time for it.
        await _throttle.ClearAsync(name, cancellationToken);
        if (
            check == PasswordCheck.CorrectButOutdated
            && await _hasher.HashAsync(password, cancellationToken) is { } renewed
        )
            await _accounts.RehashAsync(name, hash, renewed, cancellationToken);
        return (row.ToAccount(), null);
    }
}
