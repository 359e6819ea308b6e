using Npgsql;
using Tollgate.Accounting.Ledger.Stores;

namespace Tollgate.Accounting.PostgreSql;

/// <summary>
/// Runs users' own SQL. The text goes to the server as a value, and the server opens a cursor on it within a read-only
/// transaction. So it is PostgreSQL that says what one statement is (the driver would cut a text at its semicolons), and a
/// cursor takes nothing but one statement that gives rows: no COMMIT, no SET. The transaction is always rolled back.
/// </summary>
internal sealed class UserStatements(PostgreSqlDatabase database)
{
    private const string OpenSql =
        "DO $tollgate$ DECLARE answer refcursor := 'tollgate_answer'; BEGIN OPEN answer FOR EXECUTE current_setting('tollgate.statement'); END $tollgate$";

    public async Task<SqlAnswer> SelectAsync(string sql, TimeSpan timeout, CancellationToken cancellation)
    {
        try
        {
            return await database.RunAsync(connection => SelectAsync(connection, sql, timeout, cancellation), cancellation);
        }
        catch (StatementRefused refusal)
        {
            throw new LedgerSqlException(refusal.Message, refusal.InnerException);
        }
    }

    private static async Task<SqlAnswer> SelectAsync(NpgsqlConnection connection, string sql, TimeSpan timeout, CancellationToken cancellation)
    {
        try
        {
            return await ReadAsync(connection, sql, timeout, cancellation);
        }
        catch (PostgresException refusal) when (!PostgreSqlFault.IsServerGone(refusal))
        {
            throw new StatementRefused(refusal);
        }
        finally
        {
            // A connection that is broken has no transaction to undo.
            if (connection.State == System.Data.ConnectionState.Open) await connection.RunAsync("ROLLBACK", CancellationToken.None);
        }
    }

    private static async Task<SqlAnswer> ReadAsync(NpgsqlConnection connection, string sql, TimeSpan timeout, CancellationToken cancellation)
    {
        var milliseconds = (long)Math.Clamp(Math.Ceiling(timeout.TotalMilliseconds), 1, int.MaxValue);
        await connection.RunAsync($"BEGIN TRANSACTION READ ONLY; SET LOCAL statement_timeout = {milliseconds}", cancellation);
        await connection.RunAsync("SELECT set_config('tollgate.statement', $1, true)", cancellation, PostgreSqlCommands.Text(sql));
        await connection.RunAsync(OpenSql, cancellation);
        await using var command = connection.Command("FETCH ALL FROM tollgate_answer").Patient(); // The server's timeout ends it.
        command.AllResultTypesAreUnknown = true; // As text, which exists for every type.
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await SqlAnswers.ReadAsync(reader, cancellation);
    }

    /// <summary>Takes the server's refusal past what is made of errors of the store's own statements.</summary>
    private sealed class StatementRefused(PostgresException refusal) : Exception($"{refusal.MessageText} ({refusal.SqlState})", refusal);
}
