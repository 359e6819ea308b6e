using Npgsql;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.PostgreSql.Alerts;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Metering.Limits.Windows;
using static Tollgate.Accounting.PostgreSql.Connections.LimitParameters;

namespace Tollgate.Accounting.PostgreSql.Limits;

/// <summary>
/// The levels of counters and the resulting alerts, in the transaction that has just changed the counters. The check
/// holds the level's row until it commits, so if many add at once, exactly one crosses each threshold.
/// </summary>
internal static class ThresholdLevels
{
    /// <summary>Locks the rows, and creates missing ones: a lock needs a row.</summary>
    private const string Take = """
        INSERT INTO limit_levels AS kept (limit_id, target, window_start, amount, level, notified_at)
        SELECT limit_id, target, window_start, amount, 0, 0
        FROM unnest($1::text[], $2::text[], $3::bigint[], $4::numeric[]) AS r (limit_id, target, window_start, amount)
        ORDER BY limit_id COLLATE "C", target COLLATE "C", window_start, amount
        ON CONFLICT (limit_id, target, window_start, amount) DO UPDATE SET level = kept.level
        RETURNING limit_id, target, window_start, level, notified_at
        """;

    private const string SumParts = """
        SELECT a.number, coalesce(sum(c.used - c.forgiven), 0)
        FROM unnest($1::text[], $2::text[], $3::bigint[]) WITH ORDINALITY AS a (limit_id, target, oldest, number)
        LEFT JOIN limit_counts c ON c.limit_id = a.limit_id AND c.target = a.target AND c.window_start >= a.oldest
        GROUP BY a.number ORDER BY a.number
        """;

    private const string Set =
        "UPDATE limit_levels SET level = $5, notified_at = $6 WHERE limit_id = $1 AND target = $2 "
        + "AND window_start = $3 "
        + "AND amount = $4";

    /// <summary>
    /// Checks counters that have just changed, and raises an alert for each that has reached a threshold.
    /// </summary>
    public static async Task LookAsync(
        NpgsqlConnection connection,
        IEnumerable<ThresholdCheck> changed,
        CancellationToken cancellationToken
    )
    {
        // A batch may have charged several parts of a rolling window: they form one count.
        var readings = changed
            .Where(static reading => !reading.IsBelowThresholds)
            .GroupBy(static reading => (reading.Limit.Id, reading.Target, reading.LevelWindow))
            .Select(static parts =>
                parts.First() with
                {
                    Added = parts.Aggregate(Int128.Zero, static (sum, part) => sum + part.Added),
                }
            )
            .ToList();
        if (readings.Count == 0)
            return;
        var told = await TakeAsync(connection, readings, cancellationToken);
        // A separate statement after the lock: its snapshot includes what others committed before they released the
        // row.
        var rolling = await SumAsync(
            connection,
            [.. readings.Where(static reading => reading.Limit.Window is RollingWindow)],
            cancellationToken
        );
        foreach (var reading in readings)
        {
            var now = rolling.TryGetValue(CreateKey(reading), out var used) ? reading with { Used = used } : reading;
            if (now.Change(told[CreateKey(reading)]) is { Level: { } level } change)
                await SetAsync(connection, now, level, change, cancellationToken);
        }
    }

    private static async Task<Dictionary<(string, string, long), ThresholdLevel>> TakeAsync(
        NpgsqlConnection connection,
        IReadOnlyList<ThresholdCheck> readings,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand(
            Take,
            Texts(readings, IdOf),
            Texts(readings, TargetOf),
            Numbers(readings, static reading => reading.LevelWindow),
            Amounts(readings, static reading => reading.Amount)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var told = new Dictionary<(string, string, long), ThresholdLevel>();
        while (await reader.ReadAsync(cancellationToken))
            told[(reader.GetString(0), reader.GetString(1), reader.GetInt64(2))] = new ThresholdLevel(
                reader.GetInt32(3),
                reader.GetInt64(4)
            );
        return told;
    }

    private static async Task<Dictionary<(string, string, long), Int128>> SumAsync(
        NpgsqlConnection connection,
        IReadOnlyList<ThresholdCheck> readings,
        CancellationToken cancellationToken
    )
    {
        var sums = new Dictionary<(string, string, long), Int128>();
        if (readings.Count == 0)
            return sums;
        await using var command = connection.CreateCommand(
            SumParts,
            Texts(readings, IdOf),
            Texts(readings, TargetOf),
            Numbers(readings, static reading => ((RollingWindow)reading.Limit.Window).GetOldestPart(reading.Now.Value))
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            sums[CreateKey(readings[(int)reader.GetInt64(0) - 1])] = ReadAmount(reader, 1);
        return sums;
    }

    private static async Task SetAsync(
        NpgsqlConnection connection,
        ThresholdCheck reading,
        ThresholdLevel level,
        LevelChange change,
        CancellationToken cancellationToken
    )
    {
        await connection.RunAsync(
            Set,
            cancellationToken,
            PostgreSqlCommands.Text(IdOf(reading)),
            PostgreSqlCommands.Text(TargetOf(reading)),
            PostgreSqlCommands.Number(reading.LevelWindow),
            SingleAmount(reading.Amount),
            PostgreSqlCommands.Number(level.Percent),
            PostgreSqlCommands.Number(level.NotifiedAt)
        );
        if (change.RaisesAlert)
            await PostgreSqlAlertRows.AddAsync(connection, reading.CreateAlert(change), cancellationToken);
    }

    private static (string, string, long) CreateKey(ThresholdCheck reading) =>
        (IdOf(reading), TargetOf(reading), reading.LevelWindow);

    private static string IdOf(ThresholdCheck reading) => PostgreSqlStoredText.Normalize(reading.Limit.Id);

    private static string TargetOf(ThresholdCheck reading) => PostgreSqlStoredText.Normalize(reading.Target);
}
