using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.Stores.Sqlite.Alerts;

/// <summary>Reads alerts and their messages from one connection.</summary>
internal static class SqliteAlertRows
{
    private const int RouteBatchSize = 200;
    private const string AlertColumns = "a.id, a.key, a.kind, a.subject, a.text, a.crossing, a.created_at";
    private const string DeliveryColumns =
        "d.id, d.channel, d.recipient, d.state, d.attempts, d.next_at, d.last_error, d.ended_at";

    /// <summary>Alerts without messages so far, oldest first.</summary>
    public static List<Alert> ReadUnrouted(SqliteConnection connection) =>
        Read(
            connection,
            $"SELECT {AlertColumns} FROM alerts a WHERE routed = 0 ORDER BY id LIMIT {RouteBatchSize}",
            static (ref row) => ReadAlert(ref row)
        );

    /// <summary>Messages that may be sent now.</summary>
    public static List<AlertDelivery> ReadDue(
        SqliteConnection connection,
        IReadOnlyList<string> channels,
        long now,
        int limit
    )
    {
        var names = string.Join(',', channels.Select(static (_, index) => $"$c{index}"));
        (string, object?)[] parameters =
        [
            ("$now", now),
            ("$limit", limit),
            .. channels.Select(static (name, index) => ($"$c{index}", (object?)name)),
        ];
        return Read(
            connection,
            $"""
            SELECT {DeliveryColumns}, {AlertColumns} FROM alert_deliveries d JOIN alerts a ON a.id = d.alert_id
            WHERE d.state = 'due' AND d.state <> 'sent' AND d.next_at <= $now AND d.lease_end <= $now
                AND d.channel IN ({names})
            ORDER BY d.next_at, d.id LIMIT $limit
            """,
            static (ref row) => ReadDelivery(ref row),
            parameters
        );
    }

    /// <summary>The newest alerts with their messages.</summary>
    public static IReadOnlyList<AlertWithDeliveries> ReadNewest(SqliteConnection connection, int limit)
    {
        // One statement, so that both are from the same snapshot.
        var rows = Read(
            connection,
            $"""
            SELECT {AlertColumns}, {DeliveryColumns}, {AlertColumns}
            FROM (SELECT * FROM alerts ORDER BY id DESC LIMIT $limit) a
            LEFT JOIN alert_deliveries d ON d.alert_id = a.id ORDER BY a.id DESC, d.channel, d.recipient
            """,
            static (ref row) => (Alert: ReadAlert(ref row), Delivery: row.IsNext() ? ReadDelivery(ref row) : null),
            ("$limit", limit)
        );
        return
        [
            .. rows.GroupBy(static row => row.Alert.Id)
                .Select(static group => new AlertWithDeliveries(
                    group.First().Alert,
                    [.. group.Select(static row => row.Delivery).OfType<AlertDelivery>()]
                )),
        ];
    }

    /// <summary>
    /// Counts the messages by state. Runs every second: the condition on the state must be written exactly like the
    /// index's own.
    /// </summary>
    public static AlertCounts Count(SqliteConnection connection) =>
        Read(
            connection,
            """
