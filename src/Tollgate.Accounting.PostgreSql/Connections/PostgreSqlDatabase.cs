using System.Data.Common;
using Npgsql;
using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>Runs work on pooled connections and translates failures.</summary>
internal sealed class PostgreSqlDatabase(PostgreSqlAddress address, NpgsqlDataSource source)
    : ISqlConnections,
        IAsyncDisposable
{
    private const int MostTries = 8;

    public override string ToString() => address.ToString();

    /// <exception cref="LedgerUnavailableException">The database is currently unavailable.</exception>
    /// <exception cref="LedgerSchemaException">It has no schema.</exception>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await OnLiveConnectionAsync(work, cancellation);
        }
        catch (Exception failure) when (PostgreSqlFault.IsUnavailable(failure))
        {
            throw Unavailable(failure);
        }
        catch (PostgresException failure) when (PostgreSqlFault.IsMissingSchema(failure))
        {
            throw new LedgerSchemaException(
                $"{address}: the ledger schema is missing or incomplete ({failure.MessageText}). Start the gateway "
                    + $"once to migrate it."
            );
        }
    }

    /// <inheritdoc/>
    Task<T> ISqlConnections.RunAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation) =>
        RunAsync(work, cancellation);

    /// <summary>
    /// Runs work in one transaction, and repeats all of it after a conflict with another transaction.
    /// </summary>
    public Task<T> RunTransactionAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation) =>
        RunAsync(
            async connection =>
            {
                for (var tries = 1; ; tries++)
                {
                    try
                    {
                        return await InTransactionAsync(connection, work, cancellation);
                    }
                    catch (PostgresException failure) when (tries < MostTries && PostgreSqlFault.IsCollision(failure))
                    {
                        // Retries at once: the server has already let the other transaction proceed.
                    }
                }
            },
            cancellation
        );

    /// <summary>Runs work that writes records.</summary>
    /// <exception cref="RecordRefusedException">The database rejects the records.</exception>
    public async Task<T> BookAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await RunTransactionAsync(work, cancellation);
        }
        catch (Exception failure) when (PostgreSqlFault.IsRefusal(failure))
        {
            var reason = failure is PostgresException refusal
                ? $"{refusal.MessageText} ({refusal.SqlState})"
                : failure.Message;
            throw new RecordRefusedException($"{address} rejects the records: {reason}", failure);
        }
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    /// <summary>
    /// After a restart of the server the pool is full of dead connections, so the first loss of one only clears the
    /// pool.
    /// </summary>
    private async Task<T> OnLiveConnectionAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await OnConnectionAsync(work, cancellation);
        }
        catch (Exception failure) when (PostgreSqlFault.IsServerGone(failure) && !PostgreSqlFault.IsTimeout(failure))
        {
            source.Clear();
            return await OnConnectionAsync(work, cancellation);
        }
    }

    private async Task<T> OnConnectionAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await work(connection);
    }

    private async Task<T> InTransactionAsync<T>(
        NpgsqlConnection connection,
        Func<NpgsqlConnection, Task<T>> work,
        CancellationToken cancellation
    )
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var result = await work(connection);
        await CommitAsync(transaction);
        return result;
    }

    /// <summary>
    /// Whether an interrupted commit succeeded is unknown. So it is not canceled, and the caller retries, not this
    /// class: on a retry here, the same batch would count as already recorded.
    /// </summary>
    private async Task CommitAsync(NpgsqlTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception failure) when (PostgreSqlFault.IsServerGone(failure))
        {
            source.Clear();
            throw Unavailable(failure);
        }
    }

    private LedgerUnavailableException Unavailable(Exception failure) =>
        new(
            $"{address} is unavailable: {failure.Message.TrimEnd('.')}. Check that the server is running, that the "
                + $"address and the login "
                + "are correct, and that it accepts writes. The same call may be repeated safely.",
            failure
        );
}
