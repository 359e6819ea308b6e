using System.Data.Common;
using System.Globalization;
using MySqlConnector;
using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.MySql.Ledger;

/// <summary>
/// Runs users' own SQL, each in a session of its own that is closed behind it. A read-only transaction alone is not
/// enough here: SET, KILL and BEGIN NOT ATOMIC pass it, and what defines tables ends it. So the text is sent in
/// parentheses (see <see cref="QueryOnlySql"/>), behind which the server's grammar accepts nothing but a query; that
/// transaction refuses functions which write; and PREPARE refuses a second statement, which the driver would allow.
/// </summary>
internal sealed class MySqlUserStatements(MySqlDatabase database, TimeProvider time) : ServerUserStatements(database)
{
    /// <summary>
    /// A query may still write a file of the server (INTO OUTFILE) or read one (LOAD_FILE), if the login may.
    /// </summary>
    private const string CountFilePrivileges =
        "SELECT count(*) FROM information_schema.user_privileges WHERE privilege_type = 'FILE'";

    protected override async Task PrepareAsync(
        DbConnection connection,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        var session = (MySqlConnection)connection;
        if (await session.NumberAsync(CountFilePrivileges, cancellationToken) > 0)
            throw CreateRejection(
                "The ledger's login may read and write the server's files, so it runs no statements of users. REVOKE "
                    + "FILE from it, or use a login of its own for the ledger."
            );
        await MySqlSession.PrepareForUserAsync(session, timeout, cancellationToken);
    }

    protected override async Task RunAsync(
        DbConnection connection,
        string sql,
        TimeSpan timeout,
        ISqlRowReceiver rows,
        CancellationToken cancellationToken
    )
    {
        var session = (MySqlConnection)connection;
        await session.RunAsync("PREPARE users FROM @p1", cancellationToken, MySqlCommands.Text(QueryOnlySql.From(sql)));
        var started = time.GetTimestamp();
        // The server's timeout ends it.
        await using var command = session.CreateCommand("EXECUTE users").WithoutTimeout();
        await using var reader = (MySqlDataReader)await command.ExecuteReaderAsync(cancellationToken);
        if (reader.FieldCount == 0)
            // WITH … SELECT … INTO @x.
            throw CreateRejection("The statement does not return rows; only queries are allowed.");
        rows.Begin(reader.Columns());
        while (await reader.ReadAsync(cancellationToken))
        {
            if (rows.Add(reader.Row()))
                continue;
            command.Cancel(); // Closing the reader reads what is left, which may be much.
            return;
        }

        // Some functions (SLEEP, BENCHMARK) return a value instead of an error when they are stopped, and the result is
        // wrong.
        cancellationToken.ThrowIfCancellationRequested();
        if (time.GetElapsedTime(started) >= timeout)
            throw CreateRejection($"The statement took longer than {timeout.TotalSeconds:0.###} s.");
    }

    protected override bool IsServerGone(Exception failure) => MySqlErrorClassifier.IsServerGone(failure);

    protected override string Describe(Exception failure) => MySqlErrorClassifier.GetMessage(failure);

    protected override string? FindCode(DbException error) =>
        ((MySqlException)error).Number.ToString(CultureInfo.InvariantCulture);
}
