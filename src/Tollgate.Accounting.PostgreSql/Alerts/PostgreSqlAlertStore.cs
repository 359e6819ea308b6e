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
                    if (now - alert.CreatedAt >= RetryPolicy.Timeout)
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
