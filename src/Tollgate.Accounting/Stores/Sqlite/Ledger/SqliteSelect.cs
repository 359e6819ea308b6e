using SQLitePCL;
using Tollgate.Accounting.Stores.Sqlite.Native;

namespace Tollgate.Accounting.Stores.Sqlite.Ledger;

/// <summary>
/// A user's statement on a connection of its own, which SQLite has opened for reading only. What begins or ends
/// transactions, attaches files or sets pragmas gives no columns, and is refused before it runs.
/// </summary>
internal static class SqliteSelect
{
    public static void Run(string path, string sql, TimeSpan timeout, ISqlRows rows, CancellationToken cancellation)
    {
        _ = SqliteLibrary.Version;
        var code = raw.sqlite3_open_v2(
            path,
            out var database,
            raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_NOMUTEX,
            null
        );
        using (database)
        {
            if (code != raw.SQLITE_OK)
                throw new LedgerUnavailableException(
                    $"'{path}' cannot be opened for reading: {Message(database)}",
                    null
                );
            raw.sqlite3_busy_timeout(database, 1000);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            stop.CancelAfter(timeout);
            using var interrupt = stop.Token.UnsafeRegister(
                static state => raw.sqlite3_interrupt((sqlite3)state!),
                database
            );
            using var statement = Prepare(database, sql);
            Read(database, statement, timeout, rows);
        }
    }

    private static sqlite3_stmt Prepare(sqlite3 database, string sql)
    {
        var code = raw.sqlite3_prepare_v2(database, sql, out var statement, out var rest);
        if (code != raw.SQLITE_OK)
            throw new LedgerSqlException(Message(database), null);
        if (statement.IsInvalid)
            throw new LedgerSqlException(
                "There is no statement: write one, such as SELECT * FROM accounting_entries.",
                null
            );
        var refusal = Refusal(statement, rest);
        if (refusal is null)
            return statement;
        statement.Dispose();
        throw new LedgerSqlException(refusal, null);
    }

    private static string? Refusal(sqlite3_stmt statement, string rest)
    {
        if (!string.IsNullOrWhiteSpace(rest))
            return $"One statement at a time: behind the first one stands '{rest.Trim()}'.";
        if (raw.sqlite3_stmt_readonly(statement) == 0)
            return "The statement would write, and this connection only reads.";
        return raw.sqlite3_column_count(statement) == 0
            ? "The statement gives no rows: only statements that read are run."
            : null;
    }

    private static void Read(sqlite3 database, sqlite3_stmt statement, TimeSpan timeout, ISqlRows rows)
    {
        var count = raw.sqlite3_column_count(statement);
        rows.Begin([
            .. Enumerable.Range(0, count).Select(column => raw.sqlite3_column_name(statement, column).utf8_to_string()),
        ]);
        int step;
        while ((step = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            if (!rows.Add([.. Enumerable.Range(0, count).Select(column => Value(statement, column))]))
                return;
        if (step == raw.SQLITE_INTERRUPT)
            throw new LedgerSqlException($"The statement was stopped after {timeout.TotalSeconds:0.#} s.", null);
        if (step != raw.SQLITE_DONE)
            throw new LedgerSqlException(Message(database), null);
    }

    private static object? Value(sqlite3_stmt statement, int column) =>
        raw.sqlite3_column_type(statement, column) switch
        {
            raw.SQLITE_NULL => null,
            raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, column),
            raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, column),
            raw.SQLITE_TEXT => raw.sqlite3_column_text(statement, column).utf8_to_string(),
            _ => raw.sqlite3_column_blob(statement, column).ToArray(),
        };

    private static string Message(sqlite3 database) => raw.sqlite3_errmsg(database).utf8_to_string();
}
