using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Stores.Sqlite.Alerts;

/// <summary>The alerts in a ledger's SQLite file. Changes are short, and wait for the ledger's own commits.</summary>
internal sealed class SqliteAlertStore(LedgerOptions options) : IAlertStore
{
    public Task<bool> AddAsync(Alert alert, CancellationToken cancellationToken = default) =>
        WriteAsync(
            connection =>
                connection.Run(
                    "INSERT INTO alerts (id, key, kind, subject, text, crossing, created_at) VALUES ($id, $key, $kind, "
                        + "$subject, $text, $crossing, $at) ON CONFLICT DO NOTHING",
                    ("$id", ToBytes(alert.Id)),
                    ("$key", alert.Key),
                    ("$kind", alert.Kind.ToString()),
                    ("$subject", alert.Subject),
                    ("$text", alert.Text),
                    ("$crossing", CrossingJson.Write(alert.Crossing)),
                    ("$at", alert.CreatedAt.ToMicros())
                ) > 0,
            cancellationToken
        );

    public async Task<int> RouteAsync(
        Func<Alert, IReadOnlyList<AlertRoute>> routes,
        CancellationToken cancellationToken = default
    )
    {
        // Reading is cheap and delays no writer; nearly always there is nothing to do.
        if ((await ReadAsync(SqliteAlertRows.ReadUnrouted, cancellationToken)).Count == 0)
            return 0;
        return await WriteAsync(
            connection =>
            {
                var made = 0;
                foreach (var alert in SqliteAlertRows.ReadUnrouted(connection))
                    made += Route(connection, alert, routes);
                return made;
            },
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<AlertDelivery>> ClaimAsync(
        Guid sender,
        IReadOnlyList<string> channels,
        TimeSpan lease,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        if ((await ReadAsync(ReadDue, cancellationToken)).Count == 0)
            return [];
        return await WriteAsync(
            connection =>
            {
                var due = ReadDue(connection);
                foreach (var delivery in due)
                    connection.Run(
                        "UPDATE alert_deliveries SET leased_by = $sender, lease_end = $end WHERE id = $id",
                        ("$sender", ToBytes(sender)),
                        ("$end", Now + lease.ToMicros()),
                        ("$id", ToBytes(delivery.Id))
                    );
                return due;
            },
            cancellationToken
        );

        List<AlertDelivery> ReadDue(SqliteConnection connection) =>
            SqliteAlertRows.ReadDue(connection, channels, Now, limit);
    }

    public Task MarkSentAsync(Guid delivery, CancellationToken cancellationToken = default) =>
        WriteAsync(
            connection =>
                connection.Run(
                    "UPDATE alert_deliveries SET state = 'sent', attempts = attempts + 1, ended_at = $now, leased_by = "
                        + "NULL, lease_end = 0, last_error = NULL WHERE id = $id AND state <> 'sent'",
                    ("$now", Now),
                    ("$id", ToBytes(delivery))
                ),
            cancellationToken
        );

    public Task MarkFailedAsync(
        Guid delivery,
        Guid sender,
        string error,
        TimeSpan? after,
        CancellationToken cancellationToken = default
    ) =>
        WriteAsync(
            connection =>
                connection.Run(
                    """
                    UPDATE alert_deliveries SET state = $state, attempts = attempts + 1, next_at = $next,
                        ended_at = $ended, leased_by = NULL, lease_end = 0, last_error = $error
                    WHERE id = $id AND leased_by = $sender AND state = 'due'
                    """,
                    ("$state", after is null ? "abandoned" : "due"),
                    ("$next", Now + (after ?? TimeSpan.Zero).ToMicros()),
                    ("$ended", after is null ? Now : null),
                    ("$error", error),
                    ("$id", ToBytes(delivery)),
                    ("$sender", ToBytes(sender))
                ),
            cancellationToken
        );

    public Task<int> RetryAsync(Guid? alert, CancellationToken cancellationToken = default) =>
        WriteAsync(
            connection =>
                connection.Run(
                    """
                    UPDATE alert_deliveries SET state = 'due', next_at = $now, ended_at = NULL
                    WHERE (state IN ('abandoned', 'given_up') OR (state = 'due' AND attempts > 0))
                        AND ($alert IS NULL OR alert_id = $alert)
                    """,
                    ("$now", Now),
                    ("$alert", alert is { } id ? ToBytes(id) : null)
                ),
            cancellationToken
        );

    public Task<IReadOnlyList<AlertWithDeliveries>> ListAsync(
        int limit,
        CancellationToken cancellationToken = default
    ) => ReadAsync(connection => SqliteAlertRows.ReadNewest(connection, limit), cancellationToken);

    public Task<AlertCounts> CountAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(SqliteAlertRows.Count, cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        WriteAsync(
            connection =>
            {
                connection.Run(
                    "DELETE FROM alert_deliveries WHERE alert_id IN (SELECT id FROM alerts WHERE created_at < $before)",
                    ("$before", before.ToMicros())
                );
                return connection.Run("DELETE FROM alerts WHERE created_at < $before", ("$before", before.ToMicros()));
            },
            cancellationToken
        );

    private long Now => options.TimeProvider.GetUtcNow().ToMicros();

    private static byte[] ToBytes(Guid id) => id.ToByteArray(bigEndian: true);

    private int Route(SqliteConnection connection, Alert alert, Func<Alert, IReadOnlyList<AlertRoute>> routes)
    {
        connection.Run("UPDATE alerts SET routed = 1 WHERE id = $id", ("$id", ToBytes(alert.Id)));
        var now = options.TimeProvider.GetUtcNow();
        if (now - alert.CreatedAt >= AlertRetryPolicy.Timeout)
            return 0;
        var made = 0;
        foreach (var route in routes(alert).Distinct())
        {
            made += connection.Run(
                "INSERT INTO alert_deliveries VALUES ($id, $alert, $channel, $recipient, 'due', 0, $now, NULL, 0, "
                    + "NULL, NULL) ON CONFLICT DO NOTHING",
                ("$id", ToBytes(Guid.CreateVersion7(now))),
                ("$alert", ToBytes(alert.Id)),
                ("$channel", route.Channel),
                ("$recipient", route.Recipient),
                ("$now", Now)
            );
        }

        return made;
    }

    private Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken) =>
        SqliteThreads.Lookups.ReadAsync(options.DatabasePath, read, cancellationToken);

    private Task<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken) =>
        SqliteThreads.Changes.WriteAsync(options.DatabasePath, write, cancellationToken);
}
