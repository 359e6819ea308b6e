using SQLitePCL;
using Tollgate.Accounting.Stores.Sqlite.Native;

namespace Tollgate.Accounting.Stores.Sqlite.Ledger;

/// <summary>
/// Runs a user's statement on its own read-only connection. Statements that begin or end transactions, attach files or
/// set pragmas return no columns, and are rejected before they run.
/// </summary>
internal static class SqliteSelect
{
    /// <summary>The maximum size of one value: a statement could otherwise create values of a gigabyte.</summary>
    private const int MaxValueBytes = 64 * 1024 * 1024;

    public static void Run(
        string path,
        string sql,
        TimeSpan timeout,
        ISqlRowReceiver rows,
        CancellationToken cancellationToken
    )
    {
        SqliteLibrary.EnsureLoaded();
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
                    $"'{path}' cannot be opened for reading: {GetMessage(database)}",
                    null
                );
            raw.sqlite3_busy_timeout(database, 1000);
            raw.sqlite3_limit(database, raw.SQLITE_LIMIT_LENGTH, MaxValueBytes);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
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
            throw new LedgerSqlException(GetMessage(database), null);
        if (statement.IsInvalid)
            throw new LedgerSqlException(
                "The statement is empty. Write one, such as SELECT * FROM accounting_entries.",
                null
            );
        var refusal = GetRejection(statement, rest);
        if (refusal is null)
            return statement;
        statement.Dispose();
        throw new LedgerSqlException(refusal, null);
    }

    private static string? GetRejection(sqlite3_stmt statement, string rest)
    {
        if (!string.IsNullOrWhiteSpace(rest))
            return $"Only one statement is allowed, but the first one is followed by '{rest.Trim()}'.";
        if (raw.sqlite3_stmt_readonly(statement) == 0)
            return "The statement would write, but this connection is read-only.";
        return raw.sqlite3_column_count(statement) == 0
            ? "The statement does not return rows; only queries are allowed."
            : null;
    }

    private static void Read(sqlite3 database, sqlite3_stmt statement, TimeSpan timeout, ISqlRowReceiver rows)
    {
        var count = raw.sqlite3_column_count(statement);
        rows.Begin([
            .. Enumerable.Range(0, count).Select(column => raw.sqlite3_column_name(statement, column).utf8_to_string()),
        ]);
        int step;
        while ((step = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            if (!rows.Add([.. Enumerable.Range(0, count).Select(column => ReadValue(statement, column))]))
                return;
        if (step == raw.SQLITE_INTERRUPT)
            throw new LedgerSqlException($"The statement was stopped after {timeout.TotalSeconds:0.#} s.", null);
        if (step != raw.SQLITE_DONE)
            throw new LedgerSqlException(GetMessage(database), null);
    }

    private static object? ReadValue(sqlite3_stmt statement, int column) =>
        raw.sqlite3_column_type(statement, column) switch
        {
            raw.SQLITE_NULL => null,
            raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, column),
            raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, column),
            raw.SQLITE_TEXT => raw.sqlite3_column_text(statement, column).utf8_to_string(),
            _ => raw.sqlite3_column_blob(statement, column).ToArray(),
        };

    private static string GetMessage(sqlite3 database) => raw.sqlite3_errmsg(database).utf8_to_string();
}
