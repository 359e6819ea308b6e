using System.Data;
using System.Data.Common;
using MySql.Data.MySqlClient;
using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>Runs work on connections, and tells what its failures mean.</summary>
/// <remarks>
/// MySql.Data waits for its socket without a thread, but blocks one while its pool is exhausted. So no more callers
/// than the pool has connections get to it; but stores in one process that have the same address share one pool, and
/// there it may block.
/// </remarks>
internal sealed class MySqlDatabase(MySqlAddress address, string connectionString, int mostConnections)
    : ISqlConnections,
        IAsyncDisposable
{
    private const int MostTries = 10;

    private readonly SemaphoreSlim _places = new(mostConnections);

    public override string ToString() => address.ToString();

    /// <exception cref="LedgerUnavailableException">The database cannot be used now.</exception>
    /// <exception cref="LedgerSchemaException">It has no schema.</exception>
    public async Task<T> RunAsync<T>(Func<MySqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await OnLiveConnectionAsync(work, cancellation);
        }
        catch (Exception failure)
            when (cancellation.IsCancellationRequested && failure is MySqlException or OperationCanceledException)
        {
            // The driver says by an error of the server that it stopped the statement.
            throw new OperationCanceledException(failure.Message, failure, cancellation);
        }
        catch (Exception failure) when (MySqlFault.IsUnavailable(failure))
        {
            throw Unavailable(failure);
        }
        catch (MySqlException failure) when (MySqlFault.IsMissingSchema(failure))
        {
            throw new LedgerSchemaException(
                $"{address} has no complete ledger ({failure.Message}). Migrate it first: start the gateway once."
            );
        }
    }

    /// <inheritdoc/>
    Task<T> ISqlConnections.RunAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation) =>
        RunAsync(work, cancellation);

    /// <summary>
    /// As above, for work in one transaction: where it collides with another's, all of it is done again.
    /// </summary>
    /// <param name="work">The work; it does not commit.</param>
    /// <param name="cancellation">Stops it, but for its commit.</param>
    /// <param name="isolation">Where READ COMMITTED is not enough.</param>
    public Task<T> RunTransactionAsync<T>(
        Func<MySqlConnection, Task<T>> work,
        CancellationToken cancellation,
        string isolation = "READ COMMITTED"
    ) =>
        RunAsync(
            async connection =>
            {
                for (var tries = 1; ; tries++)
                {
                    try
                    {
                        return await InTransactionAsync(connection, work, isolation, cancellation);
                    }
                    catch (MySqlException failure) when (tries < MostTries && MySqlFault.IsCollision(failure))
                    {
                        // At once: the server has let the other one go first.
                    }
                }
            },
            cancellation
        );

    /// <summary>As above, for what is booked.</summary>
    /// <exception cref="RecordRefusedException">The database will not have it.</exception>
    public async Task<T> BookAsync<T>(Func<MySqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await RunTransactionAsync(work, cancellation);
        }
        catch (Exception failure) when (MySqlFault.IsRefusal(failure))
        {
            throw new RecordRefusedException($"{address} refuses to book: {MySqlFault.Reason(failure)}", failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EmptyPoolAsync();
        _places.Dispose();
    }

    private async Task EmptyPoolAsync()
    {
        await using var connection = new MySqlConnection(connectionString);
        await connection.ClearPoolAsync(connection);
    }

    /// <summary>
    /// After a restart of the server the pool is full of dead connections, so the first loss of one only empties it.
    /// </summary>
    private async Task<T> OnLiveConnectionAsync<T>(Func<MySqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await OnConnectionAsync(work, cancellation);
        }
        catch (Exception failure) when (MySqlFault.IsServerGone(failure) && !MySqlFault.IsTimeout(failure))
        {
            await EmptyPoolAsync();
            return await OnConnectionAsync(work, cancellation);
        }
    }

    private async Task<T> OnConnectionAsync<T>(Func<MySqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        try
        {
            await using var connection = new MySqlConnection(connectionString);
            await OpenAsync(connection, cancellation);
            await MySqlSession.PrepareAsync(connection, cancellation);
            return await work(connection);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Whatever keeps one from connecting, such as an exhausted pool, an operator can mend.</summary>
    private async Task OpenAsync(MySqlConnection connection, CancellationToken cancellation)
    {
        try
        {
            await connection.OpenAsync(cancellation);
        }
        catch (MySqlException failure) when (!MySqlFault.IsServerGone(failure) && !cancellation.IsCancellationRequested)
        {
            throw Unavailable(failure);
        }
    }

    private async Task<T> InTransactionAsync<T>(
        MySqlConnection connection,
        Func<MySqlConnection, Task<T>> work,
        string isolation,
        CancellationToken cancellation
    )
    {
        await connection.RunAsync($"SET TRANSACTION ISOLATION LEVEL {isolation}", cancellation);
        await connection.RunAsync("START TRANSACTION", cancellation);
        T result;
        try
        {
            result = await work(connection);
        }
        catch
        {
            await UndoAsync(connection);
            throw;
        }

        await CommitAsync(connection);
        return result;
    }

    /// <summary>
    /// A lock timeout undoes only its statement, so the rest is undone here. What cannot be undone, because the
    /// connection is lost, the server undoes.
    /// </summary>
    private async Task UndoAsync(MySqlConnection connection)
    {
        try
        {
            if (connection.State == ConnectionState.Open)
                await connection.RunAsync("ROLLBACK", CancellationToken.None);
        }
        catch (Exception failure) when (failure is MySqlException or IOException or InvalidOperationException)
        {
            await EmptyPoolAsync();
        }
    }

    /// <summary>
    /// Whether a commit that was cut off happened, nobody knows. So it is not cancelled, and the caller repeats, not
    /// this class: repeated, the same batch would count as booked before.
    /// </summary>
    private async Task CommitAsync(MySqlConnection connection)
    {
        try
        {
            await connection.RunAsync("COMMIT", CancellationToken.None);
        }
        catch (Exception failure) when (MySqlFault.IsServerGone(failure))
        {
            await EmptyPoolAsync();
            throw Unavailable(failure);
        }
    }

    private LedgerUnavailableException Unavailable(Exception failure) =>
        new(
            $"{address} cannot be used: {MySqlFault.Reason(failure)}. Check that the server runs, that the address "
                + $"and the login are "
                + "right, and that it takes writes. The same call may be repeated without harm.",
            failure
        );
}
