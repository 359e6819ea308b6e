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
            SELECT count(*) FILTER (WHERE state = 'due'),
                   count(*) FILTER (WHERE state = 'due' AND attempts > 0),
                   count(*) FILTER (WHERE state IN ('abandoned', 'given_up')),
                   (SELECT min(a.created_at) FROM alert_deliveries o JOIN alerts a ON a.id = o.alert_id
                    WHERE o.state = 'due' AND o.state <> 'sent'),
                   (SELECT last_error FROM alert_deliveries WHERE state <> 'sent' AND last_error IS NOT NULL
                    ORDER BY next_at DESC LIMIT 1)
            FROM alert_deliveries WHERE state <> 'sent'
            """,
            static (ref row) =>
                new AlertCounts(
                    (int)row.Number(),
                    (int)row.Number(),
                    (int)row.Number(),
                    row.TimeOrNull(),
                    row.TextOrNull()
                )
        )[0];

    /// <summary>Runs a statement and returns the number of rows that it changed.</summary>
    public static int Run(this SqliteConnection connection, string sql, params (string, object?)[] parameters)
    {
        using var command = connection.CreateCommand(sql, parameters);
        return command.ExecuteNonQuery();
    }

    private static List<T> Read<T>(
        SqliteConnection connection,
        string sql,
        ReadRow<T> read,
        params (string, object?)[] parameters
    )
    {
        using var command = connection.CreateCommand(sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            var row = reader.CreateCursor();
            rows.Add(read(ref row));
        }

        return rows;
    }

    private static Alert ReadAlert(ref RowCursor row) =>
        new()
        {
            Id = row.Id(),
            Key = row.Text(),
            Kind = StoredAlertKind.Parse(row.Text()),
            Subject = row.Text(),
            Text = row.Text(),
            Crossing = CrossingJson.Read(row.TextOrNull()),
            CreatedAt = row.Time(),
        };

    private static AlertDelivery ReadDelivery(ref RowCursor row)
    {
        var (id, route, state) = (row.Id(), new AlertRoute(row.Text(), row.Text()), ParseState(row.Text()));
        var (attempts, next, error, ended) = ((int)row.Number(), row.Time(), row.TextOrNull(), row.TimeOrNull());
        return new AlertDelivery
        {
            Id = id,
            Route = route,
            State = state,
            Attempts = attempts,
            NextAt = next,
            LastError = error,
            EndedAt = ended,
            Alert = ReadAlert(ref row),
        };
    }

    private static DeliveryState ParseState(string text) =>
        text switch
        {
            "sent" => DeliveryState.Sent,
            "abandoned" or "given_up" => DeliveryState.Abandoned,
            _ => DeliveryState.Due,
        };
}
