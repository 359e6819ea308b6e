using System.Data.Common;
using Npgsql;
using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>Runs work on pooled connections and translates failures.</summary>
internal sealed class PostgreSqlDatabase(PostgreSqlAddress address, NpgsqlDataSource source)
    : ISqlConnections,
        IAsyncDisposable
{
    private const int MaxAttempts = 8;

    public override string ToString() => address.ToString();

    /// <exception cref="LedgerUnavailableException">The database is currently unavailable.</exception>
    /// <exception cref="LedgerSchemaException">It has no schema.</exception>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await OnLiveConnectionAsync(work, cancellationToken);
        }
        catch (Exception failure) when (PostgreSqlErrorClassifier.IsUnavailable(failure))
        {
            throw CreateUnavailableException(failure);
        }
        catch (PostgresException failure) when (PostgreSqlErrorClassifier.IsMissingSchema(failure))
        {
            throw new LedgerSchemaException(
                $"{address}: the ledger schema is missing or incomplete ({failure.MessageText}). Start the gateway "
                    + $"once to migrate it."
            );
        }
    }

    /// <inheritdoc/>
    Task<T> ISqlConnections.RunAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(work, cancellationToken);

    /// <inheritdoc/>
    Task<T> ISqlConnections.RunTransactionAsync<T>(
        Func<DbConnection, Task<T>> work,
        CancellationToken cancellationToken
    ) => RunTransactionAsync(work, cancellationToken);

    /// <summary>
    /// Runs work in one transaction, and repeats all of it after a conflict with another transaction.
    /// </summary>
    public Task<T> RunTransactionAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(
            async connection =>
            {
                for (var tries = 1; ; tries++)
                {
                    try
                    {
                        return await InTransactionAsync(connection, work, cancellationToken);
                    }
                    catch (PostgresException failure)
                        when (tries < MaxAttempts && PostgreSqlErrorClassifier.IsCollision(failure))
                    {
                        // Retries at once: the server has already let the other transaction proceed.
                    }
                }
            },
            cancellationToken
        );

    /// <summary>Runs work that writes records.</summary>
    /// <exception cref="RecordRejectedException">The database rejects the records.</exception>
    public async Task<T> BookAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await RunTransactionAsync(work, cancellationToken);
        }
        catch (Exception failure) when (PostgreSqlErrorClassifier.IsRejection(failure))
        {
            var reason = failure is PostgresException refusal
                ? $"{refusal.MessageText} ({refusal.SqlState})"
                : failure.Message;
            throw new RecordRejectedException($"{address} rejects the records: {reason}", failure);
        }
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    /// <summary>
    /// After a restart of the server the pool is full of dead connections, so the first loss of one only clears the
    /// pool.
    /// </summary>
    private async Task<T> OnLiveConnectionAsync<T>(
        Func<NpgsqlConnection, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await OnConnectionAsync(work, cancellationToken);
        }
        catch (Exception failure)
            when (PostgreSqlErrorClassifier.IsServerGone(failure) && !PostgreSqlErrorClassifier.IsTimeout(failure))
        {
            source.Clear();
            return await OnConnectionAsync(work, cancellationToken);
        }
    }

    private async Task<T> OnConnectionAsync<T>(
        Func<NpgsqlConnection, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await work(connection);
    }

    private async Task<T> InTransactionAsync<T>(
        NpgsqlConnection connection,
        Func<NpgsqlConnection, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await work(connection);
        await CommitAsync(transaction);
        return result;
    }

    /// <summary>
    /// True if an interrupted commit succeeded is unknown. So it is not canceled, and the caller retries, not this
    /// class: on a retry here, the same batch would count as already recorded.
    /// </summary>
    private async Task CommitAsync(NpgsqlTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception failure) when (PostgreSqlErrorClassifier.IsServerGone(failure))
        {
            source.Clear();
            throw CreateUnavailableException(failure);
        }
    }

    private LedgerUnavailableException CreateUnavailableException(Exception failure) =>
        new(
            $"{address} is unavailable: {failure.Message.TrimEnd('.')}. Check that the server is running, that the "
                + $"address and the login "
                + "are correct, and that it accepts writes. The same call may be repeated safely.",
            failure
        );
}
