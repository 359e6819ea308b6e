using Npgsql;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.PostgreSql.Connections;

namespace Tollgate.Accounting.PostgreSql.Alerts;

/// <summary>Reads and writes alerts and their messages.</summary>
internal static class PostgreSqlAlertRows
{
    public const string AlertColumns = "a.id, a.key, a.kind, a.subject, a.text, a.crossing, a.created_at";

    public const string DeliveryColumns =
        "d.id, d.channel, d.recipient, d.state, d.attempts, d.next_at, d.last_error, d.ended_at";

    /// <summary>The number of columns of an alert, which precede those of its message.</summary>
    public const int AlertWidth = 7;

    private const string Add =
        "INSERT INTO alerts (id, key, kind, subject, text, crossing, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) "
        + "ON CONFLICT (key) DO NOTHING";

    /// <summary>Stores an alert; returns 0 if one with its key exists.</summary>
    public static Task<int> AddAsync(NpgsqlConnection connection, Alert alert, CancellationToken cancellationToken) =>
        connection.RunAsync(
            Add,
            cancellationToken,
            PostgreSqlCommands.Id(alert.Id),
            PostgreSqlCommands.Text(alert.Key),
            PostgreSqlCommands.Text(alert.Kind.ToString()),
            PostgreSqlCommands.Text(alert.Subject),
            PostgreSqlCommands.Text(alert.Text),
            LimitParameters.TextOrNull(CrossingJson.Write(alert.Crossing)),
            PostgreSqlCommands.Time(alert.CreatedAt)
        );

    /// <summary>Reads the rows of a statement.</summary>
    public static async Task<List<T>> ReadAsync<T>(
        NpgsqlCommand command,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Reads the alert in the first columns.</summary>
    public static Alert ReadAlert(NpgsqlDataReader row) =>
        new()
        {
            Id = row.GetGuid(0),
            Key = row.GetString(1),
            Kind = StoredAlertKind.Parse(row.GetString(2)),
            Subject = row.GetString(3),
            Text = row.GetString(4),
            Crossing = CrossingJson.Read(row.IsDBNull(5) ? null : row.GetString(5)),
            CreatedAt = TimeAt(row, 6),
        };

    /// <summary>Reads the message in the columns after its alert; null if there is none.</summary>
    public static AlertDelivery? ReadDelivery(NpgsqlDataReader row) =>
        row.IsDBNull(AlertWidth)
            ? null
            : new AlertDelivery
            {
                Alert = ReadAlert(row),
                Id = row.GetGuid(AlertWidth),
                Route = new AlertRoute(row.GetString(AlertWidth + 1), row.GetString(AlertWidth + 2)),
                State = ParseState(row.GetString(AlertWidth + 3)),
                Attempts = row.GetInt32(AlertWidth + 4),
                NextAt = TimeAt(row, AlertWidth + 5),
                LastError = row.IsDBNull(AlertWidth + 6) ? null : row.GetString(AlertWidth + 6),
                EndedAt = row.IsDBNull(AlertWidth + 7) ? null : TimeAt(row, AlertWidth + 7),
            };

    public static DateTimeOffset TimeAt(NpgsqlDataReader row, int column) =>
        PostgreSqlCommands.FromStored(row.GetFieldValue<long>(column));

    private static DeliveryState ParseState(string text) =>
        text switch
        {
            "sent" => DeliveryState.Sent,
            "abandoned" or "given_up" => DeliveryState.Abandoned,
            _ => DeliveryState.Due,
        };
}
