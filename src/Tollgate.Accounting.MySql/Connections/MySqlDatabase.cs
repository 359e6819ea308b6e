using System.Data;
using System.Data.Common;
using MySqlConnector;
using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>Runs work on connections and translates failures.</summary>
/// <remarks>
/// As many callers as the pool has connections reach the driver; the others wait here without a time limit. The driver
/// resets a connection before each use, which rolls back and unlocks what an earlier use left behind, and replaces one
/// that the server has closed.
/// </remarks>
internal sealed class MySqlDatabase(MySqlAddress address, string connectionString, int maxConnections)
    : ISqlConnections,
        IAsyncDisposable
{
    private const int MaxAttempts = 10;

    private readonly MySqlDataSource _connections = new(connectionString);
    private readonly SemaphoreSlim _connectionSlots = new(maxConnections);

    public override string ToString() => address.ToString();

    /// <exception cref="LedgerUnavailableException">The database is currently unavailable.</exception>
    /// <exception cref="LedgerSchemaException">It has no schema.</exception>
    public async Task<T> RunAsync<T>(Func<MySqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await OnConnectionAsync(work, cancellationToken);
        }
        catch (Exception failure)
            when (cancellationToken.IsCancellationRequested && failure is MySqlException or OperationCanceledException)
        {
            // The driver reports a stopped statement as a server error.
            throw new OperationCanceledException(failure.Message, failure, cancellationToken);
        }
        catch (Exception failure) when (MySqlErrorClassifier.IsUnavailable(failure))
        {
            throw CreateUnavailableException(failure);
        }
        catch (MySqlException failure) when (MySqlErrorClassifier.IsMissingSchema(failure))
        {
            throw new LedgerSchemaException(
                $"{address}: the ledger schema is missing or incomplete ({failure.Message}). Start the gateway once "
                    + $"to migrate it."
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
    /// <param name="work">The work; it does not commit.</param>
    /// <param name="cancellationToken">Cancels the work, except for its commit.</param>
    /// <param name="isolation">The isolation level, if READ COMMITTED is not sufficient.</param>
    public Task<T> RunTransactionAsync<T>(
        Func<MySqlConnection, Task<T>> work,
        CancellationToken cancellationToken,
        string isolation = "READ COMMITTED"
    ) =>
        RunAsync(
            async connection =>
            {
                for (var tries = 1; ; tries++)
                {
                    try
                    {
                        return await InTransactionAsync(connection, work, isolation, cancellationToken);
                    }
                    catch (MySqlException failure)
                        when (tries < MaxAttempts && MySqlErrorClassifier.IsCollision(failure))
                    {
                        // Retries at once: the server has already let the other transaction proceed.
                    }
                }
            },
            cancellationToken
        );

    /// <summary>Runs work that writes records.</summary>
    /// <exception cref="RecordRejectedException">The database rejects the records.</exception>
    public async Task<T> BookAsync<T>(Func<MySqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await RunTransactionAsync(work, cancellationToken);
        }
        catch (Exception failure) when (MySqlErrorClassifier.IsRejection(failure))
        {
            throw new RecordRejectedException(
                $"{address} rejects the records: {MySqlErrorClassifier.GetMessage(failure)}",
                failure
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connections.DisposeAsync();
        _connectionSlots.Dispose();
    }

    private async Task<T> OnConnectionAsync<T>(Func<MySqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        await _connectionSlots.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await OpenAsync(cancellationToken);
            await MySqlSession.PrepareAsync(connection, cancellationToken);
            return await work(connection);
        }
        finally
        {
            _connectionSlots.Release();
        }
    }

    /// <summary>Failures to connect, such as an exhausted pool, are problems that an operator can fix.</summary>
    private async Task<MySqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _connections.OpenConnectionAsync(cancellationToken);
        }
        catch (MySqlException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw CreateUnavailableException(failure);
        }
    }

    private async Task<T> InTransactionAsync<T>(
        MySqlConnection connection,
        Func<MySqlConnection, Task<T>> work,
        string isolation,
        CancellationToken cancellationToken
    )
    {
        await connection.RunAsync($"SET TRANSACTION ISOLATION LEVEL {isolation}; START TRANSACTION", cancellationToken);
        T result;
        try
        {
            result = await work(connection);
        }
        catch
        {
            await RollbackAsync(connection);
            throw;
        }

        await CommitAsync(connection);
        return result;
    }

    /// <summary>
    /// A lock timeout rolls back only its statement, so the rest is rolled back here. If that fails because the
    /// connection is lost, the server rolls back.
    /// </summary>
    private static async Task RollbackAsync(MySqlConnection connection)
    {
        try
        {
            if (connection.State == ConnectionState.Open)
                await connection.RunAsync("ROLLBACK", CancellationToken.None);
        }
        catch (Exception failure) when (failure is MySqlException or IOException or InvalidOperationException)
        {
            // The driver does not use a broken connection again.
        }
    }

    /// <summary>
    /// It is unknown whether an interrupted commit succeeded. So it is not canceled, and the caller retries, not this
    /// class: on a retry here, the same batch would count as already recorded.
    /// </summary>
    private async Task CommitAsync(MySqlConnection connection)
    {
        try
        {
            await connection.RunAsync("COMMIT", CancellationToken.None);
        }
        catch (Exception failure)
        {
            await RollbackAsync(connection); // Has no effect if the commit succeeded.
            if (MySqlErrorClassifier.IsServerGone(failure))
                throw CreateUnavailableException(failure);
            throw;
        }
    }

    private LedgerUnavailableException CreateUnavailableException(Exception failure) =>
        new(
            $"{address} is unavailable: {MySqlErrorClassifier.GetMessage(failure)}. Check that the server is running, "
                + "that the address and the login are correct, and that it accepts writes. The same call may be "
                + "repeated safely.",
            failure
        );
}
