using System.Data.Common;
using System.Globalization;
using Tollgate.Accounting.SignIns;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>The statements on <c>sign_in_attempts</c>.</summary>
internal sealed class SqlSignInAttempts(string insert, string onConflict)
{
    /// <summary>
    /// MySQL assigns the columns one after another, and later expressions see the new values, so a column is changed
    /// after all expressions that need its old value.
    /// </summary>
    private const string Increment = """
        UPDATE sign_in_attempts SET
            previous_at = CASE WHEN first_at <= @window_start THEN NULL ELSE last_at END,
            last_at = @now,
            attempts = CASE WHEN first_at <= @window_start THEN 1 ELSE attempts + 1 END,
            first_at = CASE WHEN first_at <= @window_start THEN @now ELSE first_at END
        WHERE subject = @subject
        """;

    /// <summary>
    /// Increments first, which locks the row, and inserts only if there is none: an insertion that finds a row locks it
    /// for reading in MySQL, and two of them followed by updates would wait for each other.
    /// </summary>
    public async Task<SignInAttempts> CountAsync(
        DbConnection connection,
        string subject,
        DateTimeOffset now,
        TimeSpan window,
        CancellationToken cancellationToken
    )
    {
        while (
            await connection
                .CreateCommand(Increment)
                .With("@subject", subject)
                .With("@now", now.ToMicros())
                .With("@window_start", (now - window).ToMicros())
                .RunOnceAsync(cancellationToken) == 0
            && await InsertAsync(connection, subject, now, cancellationToken) == 0
        )
        {
            // Another process inserted the row in between; the next increment finds it.
        }

        return (await FindAsync(connection, subject, cancellationToken))!;
    }

    public static async Task<SignInAttempts?> FindAsync(
        DbConnection connection,
        string subject,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection
            .CreateCommand(
                "SELECT attempts, first_at, last_at, previous_at FROM sign_in_attempts WHERE subject = @subject"
            )
            .With("@subject", subject);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new SignInAttempts(
                Convert.ToInt32(row.GetValue(0), CultureInfo.InvariantCulture),
                StoredTime.ToTime(row.GetInt64(1)),
                StoredTime.ToTime(row.GetInt64(2)),
                row.IsDBNull(3) ? null : StoredTime.ToTime(row.GetInt64(3))
            )
            : null;
    }

    private Task<int> InsertAsync(
        DbConnection connection,
        string subject,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        connection
            .CreateCommand(
                $"{insert} sign_in_attempts (subject, attempts, first_at, last_at, previous_at) "
                    + $"VALUES (@subject, 1, @now, @now, NULL) {onConflict}"
            )
            .With("@subject", subject)
            .With("@now", now.ToMicros())
            .RunOnceAsync(cancellationToken);
}
