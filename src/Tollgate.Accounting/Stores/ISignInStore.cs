using Tollgate.Accounting.SignIns;

namespace Tollgate.Accounting.Stores;

/// <summary>
/// A store for sessions of people who signed in, and for counters of attempts to do so. It is separate from the
/// registry, whose version would make all gateways read it again with each sign-in.
/// </summary>
/// <remarks>
/// All methods may be called from any thread, concurrently, and by several processes on one database. If the store
/// cannot be reached, they throw <see cref="LedgerUnavailableException"/>. Texts that a database could not store as
/// they are, because they are too long or contain control characters or unpaired surrogates, cause an
/// <see cref="ArgumentException"/>. <c>Tollgate.Accounting.Testing</c> states the rules as tests.
/// </remarks>
public interface ISignInStore
{
    /// <summary>Creates or upgrades the schema. Safe if several processes do so at once.</summary>
    /// <exception cref="LedgerSchemaException">A newer version of Tollgate has upgraded the database; nothing was
    /// changed.</exception>
    Task MigrateAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds a session that has not ended. An identity that is already stored is skipped.</summary>
    Task CreateAsync(SignInSession session, CancellationToken cancellationToken = default);

    /// <summary>Returns a session, also if it has ended or expired; null if there is none.</summary>
    Task<SignInSession?> FindAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Returns the selected sessions, newest first.</summary>
    Task<IReadOnlyList<SignInSession>> ListAsync(
        SignInSessionSelection selection,
        CancellationToken cancellationToken = default
    );

    /// <summary>Records that a session was used, unless it has ended or was used later.</summary>
    Task TouchAsync(Guid id, DateTimeOffset seenAt, CancellationToken cancellationToken = default);

    /// <summary>
    /// Replaces the secret of a session in one step, and records that it was used. Returns false and changes nothing if
    /// its current secret is another one, or if it has ended or expired. Of several callers that expect the same
    /// secret, one succeeds.
    /// </summary>
    /// <param name="id">The session.</param>
    /// <param name="expectedHash">The hash of its current secret.</param>
    /// <param name="newHash">The hash of the new one.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    Task<bool> ReplaceSecretAsync(
        Guid id,
        string expectedHash,
        string newHash,
        DateTimeOffset now,
        CancellationToken cancellationToken = default
    );

    /// <summary>Ends a session. Returns false and changes nothing if there is none or it has ended before.</summary>
    /// <param name="id">The session.</param>
    /// <param name="reason">Why, such as <c>signed_out</c>; at most 64 characters.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    Task<bool> EndAsync(Guid id, string reason, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Ends all sessions of an account that have not ended, and returns their identities.</summary>
    /// <param name="account">The account.</param>
    /// <param name="except">A session that goes on; null to end all of them.</param>
    /// <param name="reason">Why, such as <c>password_changed</c>; at most 64 characters.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    Task<IReadOnlyList<Guid>> EndAllAsync(
        string account,
        Guid? except,
        string reason,
        DateTimeOffset now,
        CancellationToken cancellationToken = default
    );

    /// <summary>Removes the sessions that expired before a time, and returns their number.</summary>
    Task<int> RemoveExpiredAsync(DateTimeOffset before, CancellationToken cancellationToken = default);

    /// <summary>
    /// Counts one attempt, and returns the counter with it: of several concurrent attempts, each has another number.
    /// </summary>
    /// <param name="subject">The subject of the counter, such as <c>account:alice</c> or <c>address:192.0.2.7</c>; at
    /// most 256 characters.</param>
    /// <param name="now">The time.</param>
    /// <param name="window">The age of its first attempt at which a counter restarts.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    Task<SignInAttempts> CountAttemptAsync(
        string subject,
        DateTimeOffset now,
        TimeSpan window,
        CancellationToken cancellationToken = default
    );

    /// <summary>Returns a counter without counting; null if nothing was counted.</summary>
    Task<SignInAttempts?> FindAttemptsAsync(string subject, CancellationToken cancellationToken = default);

    /// <summary>Removes a counter.</summary>
    Task ClearAttemptsAsync(string subject, CancellationToken cancellationToken = default);

    /// <summary>Removes the counters whose last attempt was before a time, and returns their number.</summary>
    Task<int> RemoveAttemptsAsync(DateTimeOffset before, CancellationToken cancellationToken = default);
}
