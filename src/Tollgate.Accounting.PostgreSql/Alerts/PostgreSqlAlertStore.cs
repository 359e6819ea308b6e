using Npgsql;
using NpgsqlTypes;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Stores;
using static Tollgate.Accounting.PostgreSql.Alerts.AlertRows;

namespace Tollgate.Accounting.PostgreSql.Alerts;

/// <summary>
/// The alerts in the ledger's database, one outbox for all gateways. Leases and attempts use the server's clock, and
/// gateways skip the rows that another one is processing, so none waits for another.
/// </summary>
internal sealed class PostgreSqlAlertStore(PostgreSqlDatabase database, PostgreSqlMigrations migrations) : IAlertStore
{
    private const int RouteAtOnce = 200;

    private volatile bool _isMigrated;

    public Task<bool> AddAsync(Alert alert, CancellationToken cancellation = default) =>
        OnMigratedAsync(
            async connection => await AlertRows.AddAsync(connection, alert, cancellation) > 0,
            cancellation
        );

    public Task<int> RouteAsync(
        Func<Alert, IReadOnlyList<AlertRoute>> routes,
        CancellationToken cancellation = default
    ) =>
        OnMigratedAsync(
            async connection =>
            {
                await using var command = connection.Command(
                    $"SELECT {AlertColumns}, clock_timestamp() FROM alerts a WHERE NOT routed ORDER BY id LIMIT "
                        + $"{RouteAtOnce} FOR UPDATE SKIP LOCKED"
                );
                var fresh = await ReadAsync(
                    command,
                    static row => (Alert: Alert(row), Now: TimeAt(row, AlertWidth)),
                    cancellation
                );
                var made = 0;
                foreach (var (alert, now) in fresh)
                {
                    await connection.RunAsync(
                        "UPDATE alerts SET routed = true WHERE id = $1",
                        cancellation,
                        PostgreSqlCommands.Id(alert.Id)
                    );
                    if (now - alert.CreatedAt >= DeliveryRetry.Patience)
                        continue;
                    foreach (var route in routes(alert).Distinct())
                        made += await RouteAsync(connection, alert, route, now, cancellation);
                }

                return made;
            },
            cancellation
        );

    public Task<IReadOnlyList<AlertDelivery>> ClaimAsync(
        Guid sender,
        IReadOnlyList<string> channels,
        TimeSpan lease,
        int limit,
        CancellationToken cancellation = default
    ) =>
        OnMigratedAsync<IReadOnlyList<AlertDelivery>>(
            async connection =>
            {
                await using var command = connection.Command(
                    $"""
                    WITH taken AS (
                        UPDATE alert_deliveries SET leased_by = $1, lease_end = clock_timestamp() + $2 * interval '1 microsecond'
                        WHERE id IN (
                            SELECT id FROM alert_deliveries
                            WHERE state = 'due' AND state <> 'sent' AND next_at <= clock_timestamp() AND lease_end <= clock_timestamp() AND channel = ANY ($3)
                            ORDER BY next_at, id LIMIT $4 FOR UPDATE SKIP LOCKED)
                        RETURNING *
                    )
                    SELECT {AlertColumns}, {DeliveryColumns} FROM taken d JOIN alerts a ON a.id = d.alert_id ORDER BY d.next_at, d.id
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
                return [.. (await ReadAsync(command, Delivery, cancellation)).OfType<AlertDelivery>()];
            },
            cancellation
        );

    public Task SentAsync(Guid delivery, CancellationToken cancellation = default) =>
        RunAsync(
            """
            UPDATE alert_deliveries SET state = 'sent', attempts = attempts + 1, ended_at = clock_timestamp(), leased_by = NULL, lease_end = '-infinity', last_error = NULL
            WHERE id = $1 AND state <> 'sent'
            """,
            cancellation,
            PostgreSqlCommands.Id(delivery)
        );

    public Task FailedAsync(
        Guid delivery,
        Guid sender,
        string error,
        TimeSpan? after,
        CancellationToken cancellation = default
    ) =>
        RunAsync(
            """
            UPDATE alert_deliveries SET state = $3, attempts = attempts + 1, next_at = clock_timestamp() + $4 * interval '1 microsecond',
                ended_at = CASE WHEN $3 = 'given_up' THEN clock_timestamp() END, leased_by = NULL, lease_end = '-infinity', last_error = $5
            WHERE id = $1 AND leased_by = $2 AND state = 'due'
            """,
            cancellation,
            PostgreSqlCommands.Id(delivery),
            PostgreSqlCommands.Id(sender),
            PostgreSqlCommands.Text(after is null ? "given_up" : "due"),
            Micros(after ?? TimeSpan.Zero),
            PostgreSqlCommands.Text(error)
        );

    public Task<int> RetryAsync(Guid? alert, CancellationToken cancellation = default) =>
        RunAsync(
            """
            UPDATE alert_deliveries SET state = 'due', next_at = clock_timestamp(), ended_at = NULL
            WHERE (state = 'given_up' OR (state = 'due' AND attempts > 0)) AND ($1 IS NULL OR alert_id = $1)
            """,
            cancellation,
            new NpgsqlParameter { Value = (object?)alert ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid }
        );

    public Task<IReadOnlyList<AlertState>> ListAsync(int limit, CancellationToken cancellation = default) =>
        OnMigratedAsync<IReadOnlyList<AlertState>>(
            async connection =>
            {
                await using var command = connection.Command(
                    $"""
                    SELECT {AlertColumns}, {DeliveryColumns} FROM (SELECT * FROM alerts ORDER BY id DESC LIMIT $1) a
                    LEFT JOIN alert_deliveries d ON d.alert_id = a.id ORDER BY a.id DESC, d.channel, d.recipient
                    """,
                    PostgreSqlCommands.Number(limit)
                );
                var rows = await ReadAsync(
                    command,
                    static row => (Alert: Alert(row), Delivery: Delivery(row)),
                    cancellation
                );
                return
                [
                    .. rows.GroupBy(static row => row.Alert.Id)
                        .Select(static alert => new AlertState(
                            alert.First().Alert,
                            [.. alert.Select(static row => row.Delivery).OfType<AlertDelivery>()]
                        )),
                ];
            },
            cancellation
        );

    public Task<AlertCounts> CountAsync(CancellationToken cancellation = default) =>
        OnMigratedAsync(
            async connection =>
            {
                await using var command = connection.Command(
                    """
                    SELECT count(*) FILTER (WHERE state = 'due'), count(*) FILTER (WHERE state = 'due' AND attempts > 0), count(*) FILTER (WHERE state = 'given_up'),
                           (SELECT min(a.created_at) FROM alert_deliveries o JOIN alerts a ON a.id = o.alert_id WHERE o.state = 'due' AND o.state <> 'sent'),
                           (SELECT last_error FROM alert_deliveries WHERE state <> 'sent' AND last_error IS NOT NULL ORDER BY next_at DESC LIMIT 1)
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
                        cancellation
                    )
                )[0];
            },
            cancellation
        );

    public Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellation = default) =>
        OnMigratedAsync(
            async connection =>
            {
                await connection.RunAsync(
                    "DELETE FROM alert_deliveries WHERE alert_id IN (SELECT id FROM alerts WHERE created_at < $1)",
                    cancellation,
                    PostgreSqlCommands.Time(before)
                );
                return await connection.RunAsync(
                    "DELETE FROM alerts WHERE created_at < $1",
                    cancellation,
                    PostgreSqlCommands.Time(before)
                );
            },
            cancellation
        );

    private static Task<int> RouteAsync(
        NpgsqlConnection connection,
        Alert alert,
        AlertRoute route,
        DateTimeOffset now,
        CancellationToken cancellation
    ) =>
        connection.RunAsync(
            "INSERT INTO alert_deliveries VALUES ($1, $2, $3, $4, 'due', 0, $5, NULL, '-infinity', NULL, NULL) ON "
                + "CONFLICT DO NOTHING",
            cancellation,
            PostgreSqlCommands.Id(Guid.CreateVersion7(now)),
            PostgreSqlCommands.Id(alert.Id),
            PostgreSqlCommands.Text(route.Channel),
            PostgreSqlCommands.Text(route.Recipient),
            PostgreSqlCommands.Time(now)
        );

    private static NpgsqlParameter Micros(TimeSpan time) =>
        PostgreSqlCommands.Number(time.Ticks / TimeSpan.TicksPerMicrosecond);

    private Task<int> RunAsync(string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters) =>
        OnMigratedAsync(connection => connection.RunAsync(sql, cancellation, parameters), cancellation);

    /// <summary>
    /// Migrates if necessary: a gateway checks for messages before anything else of it may have accessed the database.
    /// </summary>
    private async Task<T> OnMigratedAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        if (!_isMigrated)
            await migrations.ApplyAsync(PostgreSqlMigrations.KnownVersion, cancellation);
        _isMigrated = true;
        return await database.RunTransactionAsync(work, cancellation);
    }
}
