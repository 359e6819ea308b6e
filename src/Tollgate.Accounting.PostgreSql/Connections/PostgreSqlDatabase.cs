using System.Data.Common;
using Npgsql;
using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>Runs work on pooled connections, and tells what its failures mean.</summary>
internal sealed class PostgreSqlDatabase(PostgreSqlAddress address, NpgsqlDataSource source)
    : ISqlConnections,
        IAsyncDisposable
{
    private const int MostTries = 8;

    public override string ToString() => address.ToString();

    /// <exception cref="LedgerUnavailableException">The database cannot be used now.</exception>
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
                $"{address} has no complete ledger ({failure.MessageText}). Migrate it first: start the gateway once."
            );
        }
    }

    /// <inheritdoc/>
    Task<T> ISqlConnections.RunAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation) =>
        RunAsync(work, cancellation);

    /// <summary>
    /// As above, for work in one transaction: where it collides with another's, all of it is done again.
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
                        // At once: the server has let the other one go first.
                    }
                }
            },
            cancellation
        );

    /// <summary>As above, for what is booked.</summary>
    /// <exception cref="RecordRefusedException">The database will not have it.</exception>
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
            throw new RecordRefusedException($"{address} refuses to book: {reason}", failure);
        }
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    /// <summary>
    /// After a restart of the server the pool is full of dead connections, so the first loss of one only empties it.
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
    /// Whether a commit that was cut off happened, nobody knows. So it is not cancelled, and the caller repeats, not
    /// this class: repeated, the same batch would count as booked before.
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
            $"{address} cannot be used: {failure.Message.TrimEnd('.')}. Check that the server runs, that the address "
                + $"and the login are "
                + "right, and that it takes writes. The same call may be repeated without harm.",
            failure
        );
}
