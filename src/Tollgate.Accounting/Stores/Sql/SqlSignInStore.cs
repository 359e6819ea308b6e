using Tollgate.Accounting.SignIns;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>
/// Sessions and counters of attempts in a SQL database. Its statements are the same in SQLite, PostgreSQL and MySQL;
/// public because the stores of the servers are packages of their own.
/// </summary>
/// <param name="connections">The database.</param>
/// <param name="migrate">Creates or upgrades its schema.</param>
/// <param name="insert">
/// The start of a statement that inserts a row and skips one that is already stored, up to the table's name.
/// </param>
/// <param name="onConflict">The end of that statement; may be empty.</param>
public sealed class SqlSignInStore(
    ISqlConnections connections,
    Func<CancellationToken, Task> migrate,
    string insert = "INSERT INTO",
    string onConflict = "ON CONFLICT DO NOTHING"
) : ISignInStore
{
    private readonly SqlSignInSessions _sessions = new(insert, onConflict);
    private readonly SqlSignInAttempts _attempts = new(insert, onConflict);

    /// <inheritdoc/>
    public Task MigrateAsync(CancellationToken cancellationToken = default) => migrate(cancellationToken);

    /// <inheritdoc/>
    public Task CreateAsync(SignInSession session, CancellationToken cancellationToken = default)
    {
        SignInTexts.Validate(session);
        return connections.RunTransactionAsync(
            connection => _sessions.InsertAsync(connection, session, cancellationToken),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<SignInSession?> FindAsync(Guid id, CancellationToken cancellationToken = default) =>
        connections.RunAsync(
            connection => SqlSignInSessions.FindAsync(connection, id, cancellationToken),
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<SignInSession>> ListAsync(
        SignInSessionSelection selection,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(selection.Limit, 1);
        if (selection.Account is { } account)
            SignInTexts.ValidateAccount(account);
        return connections.RunAsync(
            connection => SqlSignInSessions.ListAsync(connection, selection, cancellationToken),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task TouchAsync(Guid id, DateTimeOffset seenAt, CancellationToken cancellationToken = default) =>
        connections.RunTransactionAsync(
            connection => SqlSignInSessions.TouchAsync(connection, id, seenAt, cancellationToken),
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<bool> ReplaceSecretAsync(
        Guid id,
        string expectedHash,
        string newHash,
        DateTimeOffset now,
        CancellationToken cancellationToken = default
    )
    {
        SignInTexts.ValidateHash(expectedHash);
        SignInTexts.ValidateHash(newHash);
        return connections.RunTransactionAsync(
            async connection =>
            {
                await using var command = connection
                    .CreateCommand(SqlSignInSessions.ReplaceSecret)
                    .With("@id", id.ToString("N"))
                    .With("@expected", expectedHash)
                    .With("@hash", newHash)
                    .With("@now", now.ToMicros());
                return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
            },
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<bool> EndAsync(
        Guid id,
        string reason,
        DateTimeOffset now,
        CancellationToken cancellationToken = default
    )
    {
        SignInTexts.ValidateReason(reason);
        return connections.RunTransactionAsync(
            connection => SqlSignInSessions.EndAsync(connection, id, reason, now, cancellationToken),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Guid>> EndAllAsync(
        string account,
        Guid? except,
        string reason,
        DateTimeOffset now,
        CancellationToken cancellationToken = default
    )
    {
        SignInTexts.ValidateAccount(account);
        SignInTexts.ValidateReason(reason);
        return connections.RunTransactionAsync<IReadOnlyList<Guid>>(
            async connection =>
            {
                var ended = new List<Guid>();
                foreach (var id in await SqlSignInSessions.ReadOpenAsync(connection, account, cancellationToken))
                    // Another process may have ended it since; the update decides.
                    if (
                        id != except
                        && await SqlSignInSessions.EndAsync(connection, id, reason, now, cancellationToken)
                    )
                        ended.Add(id);
                return ended;
            },
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<int> RemoveExpiredAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        RemoveAsync("DELETE FROM sign_in_sessions WHERE expires_at < @before", before, cancellationToken);

    /// <inheritdoc/>
    public Task<SignInAttempts> CountAttemptAsync(
        string subject,
        DateTimeOffset now,
        TimeSpan window,
        CancellationToken cancellationToken = default
    )
    {
        SignInTexts.ValidateSubject(subject);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        return connections.RunTransactionAsync(
            connection => _attempts.CountAsync(connection, subject, now, window, cancellationToken),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<SignInAttempts?> FindAttemptsAsync(string subject, CancellationToken cancellationToken = default)
    {
        SignInTexts.ValidateSubject(subject);
        return connections.RunAsync(
            connection => SqlSignInAttempts.FindAsync(connection, subject, cancellationToken),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task ClearAttemptsAsync(string subject, CancellationToken cancellationToken = default)
    {
        SignInTexts.ValidateSubject(subject);
        return connections.RunTransactionAsync(
            connection =>
                connection
                    .CreateCommand("DELETE FROM sign_in_attempts WHERE subject = @subject")
                    .With("@subject", subject)
                    .RunOnceAsync(cancellationToken),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<int> RemoveAttemptsAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        RemoveAsync("DELETE FROM sign_in_attempts WHERE last_at < @before", before, cancellationToken);

    private Task<int> RemoveAsync(string delete, DateTimeOffset before, CancellationToken cancellationToken) =>
        connections.RunTransactionAsync(
            connection =>
                connection.CreateCommand(delete).With("@before", before.ToMicros()).RunOnceAsync(cancellationToken),
            cancellationToken
        );
}
