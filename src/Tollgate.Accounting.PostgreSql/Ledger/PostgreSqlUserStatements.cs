using System.Data;
using System.Data.Common;
using Npgsql;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.PostgreSql.Ledger;

/// <summary>
/// Runs users' SQL. The text is sent to the server as a value, and the server opens a cursor on it within a read-only
/// transaction. So PostgreSQL itself decides what one statement is (the driver would split a text at its semicolons),
/// and a cursor accepts only one statement that returns rows: no COMMIT, no SET. The transaction is always rolled back.
/// </summary>
internal sealed class PostgreSqlUserStatements(PostgreSqlDatabase database, TimeProvider time)
    : ServerUserStatements(database)
{
    /// <summary>
    /// The number of rows fetched at a time: a caller that stops early leaves at most this many unread.
    /// </summary>
    private const int FetchSize = 1000;

    private const string OpenSql =
        "DO $tollgate$ DECLARE answer refcursor := 'tollgate_answer'; BEGIN OPEN answer FOR EXECUTE "
        + "current_setting('tollgate.statement'); END $tollgate$";

    protected override async Task RunAsync(
        DbConnection connection,
        string sql,
        TimeSpan timeout,
        ISqlRowReceiver rows,
        CancellationToken cancellationToken
    )
    {
        var session = (NpgsqlConnection)connection;
        try
        {
            await OpenAsync(session, sql, timeout, cancellationToken);
            var (started, isFirst) = (time.GetTimestamp(), true);
            while (await FetchAsync(session, timeout - time.GetElapsedTime(started), rows, isFirst, cancellationToken))
                isFirst = false;
        }
        finally
        {
            // A broken connection has no transaction to roll back.
            if (session.State == ConnectionState.Open)
                await session.RunAsync("ROLLBACK", CancellationToken.None);
        }
    }

    protected override bool IsServerGone(Exception failure) => PostgreSqlErrorClassifier.IsServerGone(failure);

    protected override string Describe(Exception failure) =>
        failure is PostgresException error ? error.MessageText : failure.Message;

    protected override string? FindCode(DbException error) => error.SqlState;

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
        bool isFirst,
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
        if (isFirst)
            rows.Begin(row.Columns());
        var count = 0;
        for (; await reader.ReadAsync(cancellationToken); count++)
            if (!rows.Add(row.Row()))
                return false;
        return count == FetchSize;
    }

    private static long Milliseconds(TimeSpan timeout) =>
        (long)Math.Clamp(Math.Ceiling(timeout.TotalMilliseconds), 1, int.MaxValue);
}
