using MySql.Data.MySqlClient;
using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.MySql.Ledger;

/// <summary>
/// Runs users' own SQL, each in a session of its own that is closed behind it. A read-only transaction alone is not
/// enough here: SET, KILL and BEGIN NOT ATOMIC pass it, and what defines tables ends it. So the text is sent in
/// parentheses (see <see cref="QueryOnlySql"/>), behind which the server's grammar accepts nothing but a query; that
/// transaction refuses functions which write; and the server refuses a second statement, since the driver does not ask
/// for several.
/// </summary>
internal sealed class MySqlUserStatements(MySqlDatabase database, TimeProvider time)
{
    /// <summary>
    /// A query may still write a file of the server (INTO OUTFILE) or read one (LOAD_FILE), if the login may.
    /// </summary>
    private const string CountFilePrivileges =
        "SELECT count(*) FROM information_schema.user_privileges WHERE privilege_type = 'FILE'";

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
            throw new LedgerSqlException(refusal.Message, refusal.Refusal);
        }
    }

    private async Task<bool> SelectAsync(
        MySqlConnection connection,
        string sql,
        TimeSpan timeout,
        ISqlRowReceiver rows,
        CancellationToken cancellationToken
    )
    {
        if (await connection.NumberAsync(CountFilePrivileges, cancellationToken) > 0)
            throw new StatementRejectedException(
                "The ledger's login may read and write the server's files, so it runs no statements of users. REVOKE "
                    + "FILE from it, or use a login of its own for the ledger.",
                null
            );
        await MySqlSession.PrepareForUserAsync(connection, timeout, cancellationToken);
        var started = time.GetTimestamp();
        var hasBegun = false;
        try
        {
            // The server's timeout ends it.
            await using var command = connection.CreateCommand(QueryOnlySql.From(sql)).WithoutTimeout();
            await using var reader = (MySqlDataReader)await command.ExecuteReaderAsync(cancellationToken);
            if (reader.FieldCount == 0)
                // WITH … SELECT … INTO @x.
                throw new StatementRejectedException(
                    "The statement does not return rows; only queries are allowed.",
                    null
                );
            hasBegun = true;
            rows.Begin(reader.Columns());
            while (await reader.ReadAsync(cancellationToken))
            {
                if (rows.Add(reader.Row()))
                    continue;
                command.Cancel(); // Closing the reader reads what is left, which may be much.
                return true;
            }

            // Some functions (SLEEP, BENCHMARK) that are stopped give a value, not an error, and with it an answer that
            // is none.
            cancellationToken.ThrowIfCancellationRequested();
            return time.GetElapsedTime(started) < timeout
                ? true
                : throw new StatementRejectedException(
                    $"The statement took longer than {timeout.TotalSeconds:0.###} s.",
                    null
                );
        }
        catch (MySqlException refusal)
            when (!cancellationToken.IsCancellationRequested && !MySqlErrorClassifier.IsServerGone(refusal))
        {
            throw new StatementRejectedException(
                $"{MySqlErrorClassifier.GetMessage(refusal)} ({refusal.Number})",
                refusal
            );
        }
        catch (Exception failure)
            when (hasBegun && !cancellationToken.IsCancellationRequested && MySqlErrorClassifier.IsServerGone(failure))
        {
            // Not as an outage: a second try would give the first rows again.
            throw new StatementRejectedException(
                $"The connection to the server was lost while reading the result: "
                    + $"{MySqlErrorClassifier.GetMessage(failure)}",
                failure
            );
        }
    }

    /// <summary>
    /// Takes the server's refusal past what is made of errors of the store's own statements, so not as its inner
    /// exception.
    /// </summary>
    private sealed class StatementRejectedException(string message, Exception? refusal) : Exception(message)
    {
        public Exception? Refusal => refusal;
    }
}
