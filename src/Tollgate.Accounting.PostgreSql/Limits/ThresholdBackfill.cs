using Npgsql;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using static Tollgate.Accounting.PostgreSql.Connections.LimitParameters;

namespace Tollgate.Accounting.PostgreSql.Limits;

/// <summary>
/// Finds counters that have reached an unreported threshold. Nearly always there are none, so the check itself takes no
/// lock and writes nothing.
/// </summary>
internal static class ThresholdBackfill
{
    private const string NotifiedLevels =
        "SELECT limit_id, target, window_start, amount, level, notified_at FROM limit_levels WHERE limit_id = ANY ($1)";

    /// <summary>Runs on a connection with an open transaction.</summary>
    public static async Task RunAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Limit> limits,
        CancellationToken cancellationToken
    )
    {
        var behind = await BehindAsync(
            connection,
            limits,
            await LimitClock.ReadAsync(connection, LimitSql.ReadClock, cancellationToken),
            cancellationToken
        );
        if (behind.Count == 0)
            return;
        // Checks again, under the lock that a reset takes too: what was forgiven meanwhile must not raise an alert.
        var now = await LimitClock.ReadAsync(connection, LimitSql.LockAndReadClock, cancellationToken);
        var again = await BehindAsync(
            connection,
            [.. behind.Select(static reading => reading.Limit).Distinct()],
            now,
            cancellationToken
        );
        await ThresholdLevels.LookAsync(connection, again, cancellationToken);
    }

    private static async Task<List<ThresholdCheck>> BehindAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Limit> limits,
        UnixMicros now,
        CancellationToken cancellationToken
    )
    {
        var byId = limits.ToDictionary(static limit => limit.Id, StringComparer.Ordinal);
        var readings = (await CounterReader.ReadAsync(connection, limits, cancellationToken))
            .Select(count => new ThresholdCheck(byId[count.Id], count.Target, count.WindowStart, count.Used, 0, now))
            .Where(static reading => !reading.IsBelowThresholds)
            .ToList();
        if (readings.Count == 0)
            return readings;
        var told = await ReadNotifiedLevelsAsync(connection, limits, cancellationToken);
        readings.RemoveAll(reading => !IsBehind(reading, told));
        return readings;
    }

    private static bool IsBehind(
        ThresholdCheck reading,
        Dictionary<(string, string, long, Int128), ThresholdLevel> told
    ) =>
        reading
            .Change(
                told.TryGetValue(
                    (
                        PostgreSqlStoredText.Normalize(reading.Limit.Id),
                        PostgreSqlStoredText.Normalize(reading.Target),
                        reading.LevelWindow,
                        reading.Amount
                    ),
                    out var level
                )
                    ? level
                    : null
            )
            .RaisesAlert;

    private static async Task<Dictionary<(string, string, long, Int128), ThresholdLevel>> ReadNotifiedLevelsAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Limit> limits,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand(
            NotifiedLevels,
            Texts(limits, static limit => PostgreSqlStoredText.Normalize(limit.Id))
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var told = new Dictionary<(string, string, long, Int128), ThresholdLevel>();
        while (await reader.ReadAsync(cancellationToken))
            told[(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), ReadAmount(reader, 3))] =
                new ThresholdLevel(reader.GetInt32(4), reader.GetInt64(5));
        return told;
    }
}
