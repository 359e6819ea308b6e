using System.Data.Common;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>
/// Runs users' SQL on a server, and reports what the server rejects. A subclass for each kind of server makes sure that
/// the text is one query that cannot write.
/// </summary>
/// <param name="connections">The connections for users' statements.</param>
public abstract class ServerUserStatements(ISqlConnections connections)
{
    /// <inheritdoc cref="ISqlLedgerStore.SelectAsync"/>
    public async Task SelectAsync(
        string sql,
        TimeSpan timeout,
        ISqlRowReceiver rows,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await connections.RunAsync(
                connection => SelectAsync(connection, sql, timeout, rows, cancellationToken),
                cancellationToken
            );
        }
        catch (StatementRejectedException rejection)
        {
            throw new LedgerSqlException(rejection.Message, rejection.Cause);
        }
    }

    /// <summary>Prepares a connection; its errors are those of the store's own statements.</summary>
    protected virtual Task PrepareAsync(
        DbConnection connection,
        TimeSpan timeout,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    /// <summary>Runs a statement on a prepared connection and passes on its rows.</summary>
    protected abstract Task RunAsync(
        DbConnection connection,
        string sql,
        TimeSpan timeout,
        ISqlRowReceiver rows,
        CancellationToken cancellationToken
    );

    /// <summary>True if a failure means that the server or the connection to it is lost.</summary>
    protected abstract bool IsServerGone(Exception failure);

    /// <summary>Returns the server's message.</summary>
    protected abstract string Describe(Exception failure);

    /// <summary>Returns the server's code of an error; null if it is not the server's.</summary>
    protected abstract string? FindCode(DbException error);

    /// <summary>Creates the exception for a statement that is rejected before or after the server ran it.</summary>
    protected static Exception CreateRejection(string message) => new StatementRejectedException(message, null);

    private async Task<bool> SelectAsync(
        DbConnection connection,
        string sql,
        TimeSpan timeout,
        ISqlRowReceiver rows,
        CancellationToken cancellationToken
    )
    {
        await PrepareAsync(connection, timeout, cancellationToken);
        var receiver = new TrackingReceiver(rows);
        try
        {
            await RunAsync(connection, sql, timeout, receiver, cancellationToken);
            return true;
        }
        catch (DbException error)
            when (FindCode(error) is not null && !cancellationToken.IsCancellationRequested && !IsServerGone(error))
        {
            throw new StatementRejectedException($"{Describe(error)} ({FindCode(error)})", error);
        }
        catch (Exception failure)
            when (receiver.HasBegun && !cancellationToken.IsCancellationRequested && IsServerGone(failure))
        {
            // Not as an outage: a retry would return the first rows again.
            throw new StatementRejectedException(
                $"The connection to the server was lost while reading the result: {Describe(failure)}",
                failure
            );
        }
    }

    /// <summary>Notes whether the receiver has got anything.</summary>
    private sealed class TrackingReceiver(ISqlRowReceiver rows) : ISqlRowReceiver
    {
        public bool HasBegun { get; private set; }

        public void Begin(IReadOnlyList<string> columns)
        {
            HasBegun = true;
            rows.Begin(columns);
        }

        public bool Add(IReadOnlyList<object?> row) => rows.Add(row);
    }

    /// <summary>
    /// Carries the server's rejection past the error translation for the store's own statements, which examines inner
    /// exceptions.
    /// </summary>
    private sealed class StatementRejectedException(string message, Exception? cause) : Exception(message)
    {
        public Exception? Cause => cause;
    }
}
