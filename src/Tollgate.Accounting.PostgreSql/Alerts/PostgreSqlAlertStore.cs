using Npgsql;
using NpgsqlTypes;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Stores;
using static Tollgate.Accounting.PostgreSql.Alerts.PostgreSqlAlertRows;

namespace Tollgate.Accounting.PostgreSql.Alerts;

/// <summary>
/// The alerts in the ledger's database, one outbox for all gateways. Leases and attempts use the server's clock, and
/// gateways skip the rows that another one is processing, so none waits for another.
/// </summary>
internal sealed class PostgreSqlAlertStore(PostgreSqlDatabase database, PostgreSqlMigrations migrations) : IAlertStore
{
    private const int RouteBatchSize = 200;

    private volatile bool _isMigrated;

    public Task<bool> AddAsync(Alert alert, CancellationToken cancellationToken = default) =>
        OnMigratedAsync(
            async connection => await PostgreSqlAlertRows.AddAsync(connection, alert, cancellationToken) > 0,
            cancellationToken
        );

    public Task<int> RouteAsync(
        Func<Alert, IReadOnlyList<AlertRoute>> routes,
        CancellationToken cancellationToken = default
    ) =>
        OnMigratedAsync(
            async connection =>
            {
                await using var command = connection.CreateCommand(
                    $"SELECT {AlertColumns}, clock_timestamp() FROM alerts a WHERE NOT routed ORDER BY id LIMIT "
                        + $"{RouteBatchSize} FOR UPDATE SKIP LOCKED"
                );
                var fresh = await ReadAsync(
                    command,
                    static row => (Alert: ReadAlert(row), Now: TimeAt(row, AlertWidth)),
                    cancellationToken
                );
                var made = 0;
                foreach (var (alert, now) in fresh)
                {
                    await connection.RunAsync(
                        "UPDATE alerts SET routed = true WHERE id = $1",
                        cancellationToken,
                        PostgreSqlCommands.Id(alert.Id)
                    );
                    if (now - alert.CreatedAt >= AlertRetryPolicy.Timeout)
                        continue;
                    foreach (var route in routes(alert).Distinct())
                        made += await RouteAsync(connection, alert, route, now, cancellationToken);
                }

                return made;
            },
            cancellationToken
        );

    public Task<IReadOnlyList<AlertDelivery>> ClaimAsync(
        Guid sender,
        IReadOnlyList<string> channels,
        TimeSpan lease,
        int limit,
        CancellationToken cancellationToken = default
    ) =>
        OnMigratedAsync<IReadOnlyList<AlertDelivery>>(
            async connection =>
            {
                await using var command = connection.CreateCommand(
                    $"""
                    WITH taken AS (
                        UPDATE alert_deliveries
                        SET leased_by = $1, lease_end = clock_timestamp() + $2 * interval '1 microsecond'
                        WHERE id IN (
                            SELECT id FROM alert_deliveries
                            WHERE state = 'due' AND state <> 'sent' AND next_at <= clock_timestamp()
                                AND lease_end <= clock_timestamp() AND channel = ANY ($3)
                            ORDER BY next_at, id LIMIT $4 FOR UPDATE SKIP LOCKED)
                        RETURNING *
                    )
                    SELECT {AlertColumns}, {DeliveryColumns} FROM taken d JOIN alerts a ON a.id = d.alert_id
                    ORDER BY d.next_at, d.id
                    """,
                    PostgreSqlCommands.Id(sender),
                    Micros(lease),
                    new NpgsqlParameter
                    {
                        Value = channels.ToArray(),
                        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
                    },
                    PostgreSqlCommands.Number(limit)
                );
                return [.. (await ReadAsync(command, ReadDelivery, cancellationToken)).OfType<AlertDelivery>()];
            },
            cancellationToken
        );

    public Task MarkSentAsync(Guid delivery, CancellationToken cancellationToken = default) =>
        RunAsync(
            """
            UPDATE alert_deliveries SET state = 'sent', attempts = attempts + 1, ended_at = clock_timestamp(),
                leased_by = NULL, lease_end = '-infinity', last_error = NULL
            WHERE id = $1 AND state <> 'sent'
            """,
            cancellationToken,
            PostgreSqlCommands.Id(delivery)
        );

    public Task MarkFailedAsync(
        Guid delivery,
        Guid sender,
        string error,
        TimeSpan? after,
        CancellationToken cancellationToken = default
    ) =>
        RunAsync(
            """
            UPDATE alert_deliveries SET state = $3, attempts = attempts + 1,
                next_at = clock_timestamp() + $4 * interval '1 microsecond',
                ended_at = CASE WHEN $3 = 'abandoned' THEN clock_timestamp() END,
                leased_by = NULL, lease_end = '-infinity', last_error = $5
            WHERE id = $1 AND leased_by = $2 AND state = 'due'
            """,
            cancellationToken,
            PostgreSqlCommands.Id(delivery),
            PostgreSqlCommands.Id(sender),
            PostgreSqlCommands.Text(after is null ? "abandoned" : "due"),
            Micros(after ?? TimeSpan.Zero),
            PostgreSqlCommands.Text(error)
        );

    public Task<int> RetryAsync(Guid? alert, CancellationToken cancellationToken = default) =>
        RunAsync(
            """
            UPDATE alert_deliveries SET state = 'due', next_at = clock_timestamp(), ended_at = NULL
            WHERE (state IN ('abandoned', 'given_up') OR (state = 'due' AND attempts > 0))
              AND ($1 IS NULL OR alert_id = $1)
            """,
            cancellationToken,
            new NpgsqlParameter { Value = (object?)alert ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid }
        );

    public Task<IReadOnlyList<AlertWithDeliveries>> ListAsync(
        int limit,
        CancellationToken cancellationToken = default
    ) =>
        OnMigratedAsync<IReadOnlyList<AlertWithDeliveries>>(
            async connection =>
            {
                await using var command = connection.CreateCommand(
                    $"""
                    SELECT {AlertColumns}, {DeliveryColumns} FROM (SELECT * FROM alerts ORDER BY id DESC LIMIT $1) a
                    LEFT JOIN alert_deliveries d ON d.alert_id = a.id ORDER BY a.id DESC, d.channel, d.recipient
                    """,
                    PostgreSqlCommands.Number(limit)
                );
                var rows = await ReadAsync(
                    command,
                    static row => (Alert: ReadAlert(row), Delivery: ReadDelivery(row)),
                    cancellationToken
                );
                return
                [
                    .. rows.GroupBy(static row => row.Alert.Id)
                        .Select(static alert => new AlertWithDeliveries(
                            alert.First().Alert,
                            [.. alert.Select(static row => row.Delivery).OfType<AlertDelivery>()]
                        )),
                ];
            },
            cancellationToken
        );

    public Task<AlertCounts> CountAsync(CancellationToken cancellationToken = default) =>
        OnMigratedAsync(
            async connection =>
            {
                await using var command = connection.CreateCommand(
                    """
                    SELECT count(*) FILTER (WHERE state = 'due'),
                           count(*) FILTER (WHERE state = 'due' AND attempts > 0),
                           count(*) FILTER (WHERE state IN ('abandoned', 'given_up')),
                           (SELECT min(a.created_at) FROM alert_deliveries o JOIN alerts a ON a.id = o.alert_id
                            WHERE o.state = 'due' AND o.state <> 'sent'),
                           (SELECT last_error FROM alert_deliveries WHERE state <> 'sent' AND last_error IS NOT NULL
                            ORDER BY next_at DESC LIMIT 1)
                    FROM alert_deliveries WHERE state <> 'sent'
                    """
                );
                return (
                    await ReadAsync(
                        command,
                        static row => new AlertCounts(
                            (int)row.GetInt64(0),
                            (int)row.GetInt64(1),
                            (int)row.GetInt64(2),
                            row.IsDBNull(3) ? null : TimeAt(row, 3),
                            row.IsDBNull(4) ? null : row.GetString(4)
                        ),
                        cancellationToken
                    )
                )[0];
            },
            cancellationToken
        );

    public Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        OnMigratedAsync(
            async connection =>
            {
                await connection.RunAsync(
                    "DELETE FROM alert_deliveries WHERE alert_id IN (SELECT id FROM alerts WHERE created_at < $1)",
                    cancellationToken,
                    PostgreSqlCommands.Time(before)
                );
                return await connection.RunAsync(
                    "DELETE FROM alerts WHERE created_at < $1",
                    cancellationToken,
                    PostgreSqlCommands.Time(before)
                );
            },
            cancellationToken
        );

    private static Task<int> RouteAsync(
        NpgsqlConnection connection,
        Alert alert,
        AlertRoute route,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        connection.RunAsync(
            "INSERT INTO alert_deliveries VALUES ($1, $2, $3, $4, 'due', 0, $5, NULL, '-infinity', NULL, NULL) ON "
                + "CONFLICT DO NOTHING",
            cancellationToken,
            PostgreSqlCommands.Id(Guid.CreateVersion7(now)),
            PostgreSqlCommands.Id(alert.Id),
            PostgreSqlCommands.Text(route.Channel),
            PostgreSqlCommands.Text(route.Recipient),
            PostgreSqlCommands.Time(now)
        );

    private static NpgsqlParameter Micros(TimeSpan time) =>
        PostgreSqlCommands.Number(time.Ticks / TimeSpan.TicksPerMicrosecond);

    private Task<int> RunAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters) =>
        OnMigratedAsync(connection => connection.RunAsync(sql, cancellationToken, parameters), cancellationToken);

    /// <summary>
    /// Migrates if necessary: a gateway checks for messages before anything else of it may have accessed the database.
    /// </summary>
    private async Task<T> OnMigratedAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        if (!_isMigrated)
            await migrations.ApplyAsync(PostgreSqlMigrations.KnownVersion, cancellationToken);
        _isMigrated = true;
        return await database.RunTransactionAsync(work, cancellationToken);
    }
}
