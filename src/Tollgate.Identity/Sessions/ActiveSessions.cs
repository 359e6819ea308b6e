using Tollgate.Accounting;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.SignIns;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Time;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Permissions;

namespace Tollgate.Identity.Sessions;

/// <summary>
/// The sessions of people who signed in. A check reads the session and the account at most a second old, so that the
/// end of a session, a new role, and disabling count within a second in every process.
/// </summary>
public sealed class ActiveSessions
{
    /// <summary>How often the use of a session is stored at most.</summary>
    public static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(1);

    /// <summary>How long sessions are kept after they have expired.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    private readonly ISignInStore _store;
    private readonly AccountRegistry _accounts;
    private readonly AccountLookup _lookup;
    private readonly IdentityOptions _options;
    private readonly TimeProvider _time;
    private readonly SessionCache _cache;

    /// <summary>Creates the sessions of a process.</summary>
    /// <param name="store">Their store, with its schema.</param>
    /// <param name="accounts">The accounts.</param>
    /// <param name="watcher">The registry with the accounts, watched.</param>
    /// <param name="options">The times.</param>
    /// <param name="time">The clock.</param>
    public ActiveSessions(
        ISignInStore store,
        AccountRegistry accounts,
        RegistryWatcher watcher,
        IdentityOptions options,
        TimeProvider time
    )
    {
        (_store, _accounts, _options, _time) = (store, accounts, options, time);
        _lookup = new AccountLookup(watcher, accounts);
        _cache = new SessionCache(store, time);
    }

    private DateTimeOffset Now => StoredTime.ToTime(_time.GetUtcNow().ToMicros());

    /// <summary>
    /// Begins a session for a person whose identity was just verified. Returns null if the account was disabled, or its
    /// sessions were ended, since it was read.
    /// </summary>
    /// <param name="account">The account, as read before the verification.</param>
    /// <param name="kind">The kind of client.</param>
    /// <param name="method">How the identity was verified.</param>
    /// <param name="client">The client.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="LedgerUnavailableException">The store is unavailable.</exception>
    public async Task<StartedSession?> StartAsync(
        Account account,
        SignInKind kind,
        SignInMethod method,
        SignInClient client,
        CancellationToken cancellationToken = default
    )
    {
        var now = Now;
        var id = Guid.CreateVersion7(now);
        var token = SessionToken.Create(id, out var hash);
        var session = new SignInSession
        {
            Id = id,
            Account = account.Username,
            Kind = kind,
            SecretHash = hash,
            Method = method,
            CreatedAt = now,
            SeenAt = now,
            ExpiresAt = now + _options.SessionLifetime,
            Address = client.ShownAddress,
            Agent = client.ShownAgent,
        };
        await _store.CreateAsync(session, cancellationToken);
        // A change of the password ends the sessions that exist then. If it happened before this one existed, it shows
        // now: either way, a former password does not begin a session that lasts.
        var current = await _accounts.FindAsync(account.Username, cancellationToken);
        if (current is { IsEnabled: true } && current.SessionsEndedAt == account.SessionsEndedAt)
            return new StartedSession(session, token);
        await _store.EndAsync(id, SessionEnd.Revoked, now, cancellationToken);
        return null;
    }

    /// <summary>Returns the caller with a browser's token; null if the token is not valid.</summary>
    /// <exception cref="LedgerUnavailableException">The store is unavailable, and the session was not accepted here
    /// within the last 15 minutes.</exception>
    public async Task<Principal?> CheckAsync(string? token, CancellationToken cancellationToken = default)
    {
        if (!SessionToken.TryParse(token, out var presented))
            return null;
        var found = await _cache.FindAsync(presented.Id, cancellationToken);
        // A secret that does not match may be newer than what is cached.
        if (found is not null && !presented.Matches(found.Session.SecretHash))
            found = await _cache.ReadAsync(presented.Id, cancellationToken);
        return found is not null && presented.Matches(found.Session.SecretHash)
            ? await AcceptAsync(found, SignInKind.Browser, cancellationToken)
            : null;
    }

    /// <summary>Returns the caller of an API session whose token was verified; null if it has ended.</summary>
    /// <exception cref="LedgerUnavailableException">As for the other overload.</exception>
    public async Task<Principal?> CheckAsync(Guid session, CancellationToken cancellationToken = default) =>
        await _cache.FindAsync(session, cancellationToken) is { } found
            ? await AcceptAsync(found, SignInKind.Api, cancellationToken)
            : null;

    /// <summary>
    /// Replaces the secret of a session; returns null if the token is not valid. If the token of an API session is a
    /// former one, it may have been stolen, so the session ends.
    /// </summary>
    /// <param name="token">The current token.</param>
    /// <param name="kind">The kind that the session must have.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="LedgerUnavailableException">The store is unavailable.</exception>
    public async Task<RotatedSession?> RotateAsync(
        string? token,
        SignInKind kind,
        CancellationToken cancellationToken = default
    )
    {
        if (
            !SessionToken.TryParse(token, out var presented)
            || await _store.FindAsync(presented.Id, cancellationToken) is not { } session
            || session.Kind != kind
        )
            return null;
        if (!presented.Matches(session.SecretHash))
            return await RefuseReuseAsync(session, cancellationToken);
        var found = new CachedSession(session, _time.GetTimestamp(), before: null);
        if (await AcceptAsync(found, kind, cancellationToken) is not { } caller)
            return null;
        var next = SessionToken.Create(session.Id, out var hash);
        var isReplaced = await _store.ReplaceSecretAsync(session.Id, session.SecretHash, hash, Now, cancellationToken);
        _cache.Forget(session.Id);
        return isReplaced
            ? new RotatedSession(caller, next)
            : await RefuseReuseAsync(session, cancellationToken);
    }

    /// <summary>Returns the selected sessions, newest first. One that was unused for too long is not live.</summary>
    public Task<IReadOnlyList<SignInSession>> ListAsync(
        SignInSessionSelection selection,
        CancellationToken cancellationToken = default
    ) =>
        _store.ListAsync(
            selection with
            {
                SeenAfter = selection.SeenAfter ?? selection.LiveAt - _options.SessionIdleTimeout,
            },
            cancellationToken
        );

    /// <summary>Ends a session; returns false if it had ended before, or there is none.</summary>
    /// <param name="session">The session.</param>
    /// <param name="reason">Why, see <see cref="SessionEnd"/>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<bool> EndAsync(Guid session, string reason, CancellationToken cancellationToken = default)
    {
        var isEnded = await _store.EndAsync(session, reason, Now, cancellationToken);
        _cache.Forget(session);
        return isEnded;
    }

    /// <summary>Ends the sessions of an account, and returns their identities.</summary>
    /// <param name="account">The username.</param>
    /// <param name="except">A session that goes on; null to end all.</param>
    /// <param name="reason">Why, see <see cref="SessionEnd"/>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<IReadOnlyList<Guid>> EndAllAsync(
        string account,
        Guid? except,
        string reason,
        CancellationToken cancellationToken = default
    )
    {
        var ended = await _store.EndAllAsync(account, except, reason, Now, cancellationToken);
        foreach (var session in ended)
            _cache.Forget(session);
        return ended;
    }

    /// <summary>Removes sessions that expired long ago, and counters of attempts that no longer matter.</summary>
    public async Task CleanUpAsync(CancellationToken cancellationToken = default)
    {
        await _store.RemoveExpiredAsync(Now - Retention, cancellationToken);
        await _store.RemoveAttemptsAsync(Now - SignInThrottle.AccountWindow, cancellationToken);
    }

    /// <summary>A browser sends several requests at once, of which one may still have the former secret.</summary>
    private async Task<RotatedSession?> RefuseReuseAsync(SignInSession session, CancellationToken cancellationToken)
    {
        if (session.Kind == SignInKind.Api)
            await EndAsync(session.Id, SessionEnd.SecretReused, cancellationToken);
        return null;
    }

    private async Task<Principal?> AcceptAsync(
        CachedSession found,
        SignInKind kind,
        CancellationToken cancellationToken
    )
    {
        var (session, now) = (found.Session, Now);
        if (session.Kind != kind || !session.IsLiveAt(now))
            return null;
        if (now - found.SeenAt >= _options.SessionIdleTimeout)
        {
            await IgnoreOutageAsync(() => EndAsync(session.Id, SessionEnd.Idle, cancellationToken));
            return null;
        }

        var account = await _lookup.FindAsync(session.Account, cancellationToken);
        if (account?.Stored.Accepts(session.Id, session.CreatedAt) != true)
            return null;
        _cache.Keep(found);
        if (found.NoteUse(now, TouchInterval))
            await IgnoreOutageAsync(() => _store.TouchAsync(session.Id, now, cancellationToken));
        return AccountPrincipals.Create(account, session.Id, _options);
    }

    /// <summary>For notes that matter less than the request: the next one will be stored.</summary>
    private static async Task IgnoreOutageAsync(Func<Task> note)
    {
        try
        {
            await note();
        }
        catch (LedgerUnavailableException)
        {
            // The check itself has succeeded.
        }
    }
}
