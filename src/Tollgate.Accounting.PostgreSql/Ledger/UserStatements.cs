using Npgsql;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.PostgreSql.Ledger;

/// <summary>
/// Runs users' SQL. The text is sent to the server as a value, and the server opens a cursor on it within a read-only
/// transaction. So PostgreSQL itself decides what one statement is (the driver would split a text at its semicolons),
/// and a cursor accepts only one statement that returns rows: no COMMIT, no SET. The transaction is always rolled back.
/// </summary>
internal sealed class UserStatements(PostgreSqlDatabase database, TimeProvider time)
{
    /// <summary>
    /// The number of rows fetched at a time: a caller that stops early leaves at most this many unread.
    /// </summary>
    private const int FetchSize = 1000;

    private const string OpenSql =
        "DO $tollgate$ DECLARE answer refcursor := 'tollgate_answer'; BEGIN OPEN answer FOR EXECUTE "
        + "current_setting('tollgate.statement'); END $tollgate$";

    public async Task SelectAsync(string sql, TimeSpan timeout, ISqlRows rows, CancellationToken cancellation)
    {
        try
        {
            await database.RunAsync(
                connection => SelectAsync(connection, sql, timeout, rows, cancellation),
                cancellation
            );
        }
        catch (StatementRefused refusal)
        {
            throw new LedgerSqlException(refusal.Message, refusal.InnerException);
        }
    }

    private async Task<bool> SelectAsync(
        NpgsqlConnection connection,
        string sql,
        TimeSpan timeout,
        ISqlRows rows,
        CancellationToken cancellation
    )
    {
        var hasBegun = false;
        try
        {
            await OpenAsync(connection, sql, timeout, cancellation);
            for (
                var started = time.GetTimestamp();
                await FetchAsync(connection, timeout - time.GetElapsedTime(started), rows, hasBegun, cancellation);
                hasBegun = true
            ) { }

            return true;
        }
        catch (PostgresException refusal) when (!PostgreSqlFault.IsServerGone(refusal))
        {
            throw new StatementRefused($"{refusal.MessageText} ({refusal.SqlState})", refusal);
        }
        catch (Exception failure) when (hasBegun && PostgreSqlFault.IsServerGone(failure))
        {
            // Not as an outage: a retry would return the first rows again.
            throw new StatementRefused(
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
        CancellationToken cancellation
    )
    {
        await connection.RunAsync(
            $"BEGIN TRANSACTION READ ONLY; SET LOCAL statement_timeout = {Milliseconds(timeout)}",
            cancellation
        );
        await connection.RunAsync(
            "SELECT set_config('tollgate.statement', $1, true)",
            cancellation,
            PostgreSqlCommands.Text(sql)
        );
        await connection.RunAsync(OpenSql, cancellation);
    }

    /// <summary>Passes on some rows, and returns whether there may be more that are wanted.</summary>
    private static async Task<bool> FetchAsync(
        NpgsqlConnection connection,
        TimeSpan left,
        ISqlRows rows,
        bool hasBegun,
        CancellationToken cancellation
    )
    {
        // Set for each statement, because the server's limit applies to each one.
        await connection.RunAsync($"SET LOCAL statement_timeout = {Milliseconds(left)}", cancellation);
        // The server's timeout ends it.
        await using var command = connection.Command($"FETCH {FetchSize} FROM tollgate_answer").Patient();
        command.AllResultTypesAreUnknown = true; // As text, which exists for every type.
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var row = new SqlRowReader(reader);
        if (!hasBegun)
            rows.Begin(row.Columns());
        var count = 0;
        for (; await reader.ReadAsync(cancellation); count++)
            if (!rows.Add(row.Row()))
                return false;
        return count == FetchSize;
    }

    private static long Milliseconds(TimeSpan timeout) =>
        (long)Math.Clamp(Math.Ceiling(timeout.TotalMilliseconds), 1, int.MaxValue);

    /// <summary>Carries the server's rejection past the error translation for the store's own statements.</summary>
    private sealed class StatementRefused(string message, Exception refusal) : Exception(message, refusal);
}
