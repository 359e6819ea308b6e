using Npgsql;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.PostgreSql.Ledger;

/// <summary>
/// Runs users' SQL. The text is sent to the server as a value, and the server opens a cursor on it within a read-only
/// transaction. So PostgreSQL itself decides what one statement is (the driver would split a text at its semicolons),
/// and a cursor accepts only one statement that returns rows: no COMMIT, no SET. The transaction is always rolled back.
/// </summary>
internal sealed class PostgreSqlUserStatements(PostgreSqlDatabase database, TimeProvider time)
{
    /// <summary>
    /// The number of rows fetched at a time: a caller that stops early leaves at most this many unread.
    /// </summary>
    private const int FetchSize = 1000;

    private const string OpenSql =
        "DO $tollgate$ DECLARE answer refcursor := 'tollgate_answer'; BEGIN OPEN answer FOR EXECUTE "
        + "current_setting('tollgate.statement'); END $tollgate$";

    public async Task SelectAsync(
        string sql,
        TimeSpan timeout,
        ISqlRowReceiver rows,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await database.RunAsync(
                connection => SelectAsync(connection, sql, timeout, rows, cancellationToken),
                cancellationToken
            );
        }
        catch (StatementRejectedException refusal)
        {
            throw new LedgerSqlException(refusal.Message, refusal.InnerException);
        }
    }

    private async Task<bool> SelectAsync(
        NpgsqlConnection connection,
        string sql,
        TimeSpan timeout,
        ISqlRowReceiver rows,
        CancellationToken cancellationToken
    )
    {
        var hasBegun = false;
        try
        {
            await OpenAsync(connection, sql, timeout, cancellationToken);
            for (
                var started = time.GetTimestamp();
                await FetchAsync(connection, timeout - time.GetElapsedTime(started), rows, hasBegun, cancellationToken);
                hasBegun = true
            ) { }

            return true;
        }
        catch (PostgresException refusal) when (!PostgreSqlErrorClassifier.IsServerGone(refusal))
        {
            throw new StatementRejectedException($"{refusal.MessageText} ({refusal.SqlState})", refusal);
        }
        catch (Exception failure) when (hasBegun && PostgreSqlErrorClassifier.IsServerGone(failure))
        {
            // Not as an outage: a retry would return the first rows again.
            throw new StatementRejectedException(
                $"The connection to the server was lost while reading the result: {failure.Message}",
                failure
            );
        }
        finally
        {
            // A broken connection has no transaction to roll back.
            if (connection.State == System.Data.ConnectionState.Open)
                await connection.RunAsync("ROLLBACK", CancellationToken.None);
        }
    }

    private static async Task OpenAsync(
        NpgsqlConnection connection,
        string sql,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        await connection.RunAsync(
            $"BEGIN TRANSACTION READ ONLY; SET LOCAL statement_timeout = {Milliseconds(timeout)}",
            cancellationToken
        );
        await connection.RunAsync(
            "SELECT set_config('tollgate.statement', $1, true)",
            cancellationToken,
            PostgreSqlCommands.Text(sql)
        );
        await connection.RunAsync(OpenSql, cancellationToken);
    }

    /// <summary>Passes on some rows, and returns whether there may be more that are wanted.</summary>
    private static async Task<bool> FetchAsync(
        NpgsqlConnection connection,
        TimeSpan left,
        ISqlRowReceiver rows,
        bool hasBegun,
        CancellationToken cancellationToken
    )
    {
        // Set for each statement, because the server's limit applies to each one.
        await connection.RunAsync($"SET LOCAL statement_timeout = {Milliseconds(left)}", cancellationToken);
        // The server's timeout ends it.
        await using var command = connection.CreateCommand($"FETCH {FetchSize} FROM tollgate_answer").WithoutTimeout();
        command.AllResultTypesAreUnknown = true; // As text, which exists for every type.
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var row = new PostgreSqlRowReader(reader);
        if (!hasBegun)
            rows.Begin(row.Columns());
        var count = 0;
        for (; await reader.ReadAsync(cancellationToken); count++)
            if (!rows.Add(row.Row()))
                return false;
        return count == FetchSize;
    }

    private static long Milliseconds(TimeSpan timeout) =>
        (long)Math.Clamp(Math.Ceiling(timeout.TotalMilliseconds), 1, int.MaxValue);

    /// <summary>Carries the server's rejection past the error translation for the store's own statements.</summary>
    private sealed class StatementRejectedException(string message, Exception refusal) : Exception(message, refusal);
}
