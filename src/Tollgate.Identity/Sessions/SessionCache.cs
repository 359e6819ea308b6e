using System.Collections.Concurrent;
using Tollgate.Accounting;
using Tollgate.Accounting.Stores;

namespace Tollgate.Identity.Sessions;

/// <summary>
/// Reads sessions at most once a second each, so that the end of a session counts within a second in every process.
/// While the store is unavailable, a session that this process accepted goes on for at most 15 minutes.
/// </summary>
internal sealed class SessionCache(ISignInStore store, TimeProvider time)
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan MaxOutage = TimeSpan.FromMinutes(15);

    private const int MaxSessions = 10_000;

    private readonly ConcurrentDictionary<Guid, CachedSession> _sessions = new();
    private volatile Outage? _outage;

    /// <summary>Returns a session that was read within the last second; null if there is none.</summary>
    /// <exception cref="LedgerUnavailableException">The store is unavailable, and the session was not accepted here
    /// within the last 15 minutes.</exception>
    public Task<CachedSession?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var known = _sessions.GetValueOrDefault(id);
        return known is not null && time.GetElapsedTime(known.ReadAt) < MaxAge
            ? Task.FromResult<CachedSession?>(known)
            : ReadAsync(id, mayGoOn: true, cancellationToken);
    }

    /// <summary>Reads a session from the store, however recently it was read.</summary>
    /// <exception cref="LedgerUnavailableException">The store is unavailable.</exception>
    public Task<CachedSession?> ReadAsync(Guid id, CancellationToken cancellationToken) =>
        ReadAsync(id, mayGoOn: false, cancellationToken);

    /// <summary>Keeps an accepted session.</summary>
    public void Keep(CachedSession session)
    {
        if (_sessions.Count >= MaxSessions && !_sessions.ContainsKey(session.Session.Id))
            Shrink();
        _sessions[session.Session.Id] = session;
    }

    public void Forget(Guid id) => _sessions.TryRemove(id, out _);

    private async Task<CachedSession?> ReadAsync(Guid id, bool mayGoOn, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var known = _sessions.GetValueOrDefault(id);
        // A server that does not respond must not hold up each request.
        if (_outage is { } outage && time.GetElapsedTime(outage.At, began) < MaxAge)
            return GoOn(mayGoOn ? known : null, outage.Exception);
        try
        {
            var session = await store.FindAsync(id, cancellationToken);
            _outage = null;
            return session is null ? null : new CachedSession(session, began, known);
        }
        catch (LedgerUnavailableException exception)
        {
            _outage = new Outage(time.GetTimestamp(), exception);
            return GoOn(mayGoOn ? known : null, exception);
        }
    }

    private CachedSession GoOn(CachedSession? known, LedgerUnavailableException exception) =>
        known is not null && time.GetElapsedTime(known.ReadAt) <= MaxOutage
            ? known
            : throw new LedgerUnavailableException($"The session cannot be checked: {exception.Message}", exception);

    private void Shrink()
    {
        foreach (var (id, session) in _sessions)
            if (time.GetElapsedTime(session.ReadAt) > MaxOutage)
                Forget(id);
        if (_sessions.Count >= MaxSessions)
            _sessions.Clear();
    }

    private sealed record Outage(long At, LedgerUnavailableException Exception);
}
