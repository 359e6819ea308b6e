using Tollgate.Accounting;
using Tollgate.Accounting.SignIns;
using Tollgate.Accounting.Stores;

namespace Tollgate.Identity.Tests.Sessions;

/// <summary>A real store that a test can make unavailable, and that counts reads of sessions.</summary>
internal sealed class UnreliableSignInStore(ISignInStore store) : ISignInStore
{
    private int _reads;

    public bool IsAway { get; set; }

    public int Reads => _reads;

    private ISignInStore Reached => IsAway ? throw new LedgerUnavailableException("The store is away.", null) : store;

    public Task MigrateAsync(CancellationToken cancellationToken = default) => Reached.MigrateAsync(cancellationToken);

    public Task CreateAsync(SignInSession session, CancellationToken cancellationToken = default) =>
        Reached.CreateAsync(session, cancellationToken);

    public Task<SignInSession?> FindAsync(Guid id, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _reads);
        return Reached.FindAsync(id, cancellationToken);
    }

    public Task<IReadOnlyList<SignInSession>> ListAsync(
        SignInSessionSelection selection,
        CancellationToken cancellationToken = default
    ) => Reached.ListAsync(selection, cancellationToken);

    public Task TouchAsync(Guid id, DateTimeOffset seenAt, CancellationToken cancellationToken = default) =>
        Reached.TouchAsync(id, seenAt, cancellationToken);

    public Task<bool> ReplaceSecretAsync(
        Guid id,
        string expectedHash,
        string newHash,
        DateTimeOffset now,
        CancellationToken cancellationToken = default
    ) => Reached.ReplaceSecretAsync(id, expectedHash, newHash, now, cancellationToken);

    public Task<bool> EndAsync(
        Guid id,
        string reason,
        DateTimeOffset now,
        CancellationToken cancellationToken = default
    ) => Reached.EndAsync(id, reason, now, cancellationToken);

    public Task<IReadOnlyList<Guid>> EndAllAsync(
        string account,
        Guid? except,
        string reason,
        DateTimeOffset now,
        CancellationToken cancellationToken = default
    ) => Reached.EndAllAsync(account, except, reason, now, cancellationToken);

    public Task<int> RemoveExpiredAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        Reached.RemoveExpiredAsync(before, cancellationToken);

    public Task<SignInAttempts> CountAttemptAsync(
        string subject,
        DateTimeOffset now,
        TimeSpan window,
        CancellationToken cancellationToken = default
    ) => Reached.CountAttemptAsync(subject, now, window, cancellationToken);

    public Task<SignInAttempts?> FindAttemptsAsync(string subject, CancellationToken cancellationToken = default) =>
        Reached.FindAttemptsAsync(subject, cancellationToken);

    public Task ClearAttemptsAsync(string subject, CancellationToken cancellationToken = default) =>
        Reached.ClearAttemptsAsync(subject, cancellationToken);

    public Task<int> RemoveAttemptsAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        Reached.RemoveAttemptsAsync(before, cancellationToken);
}
