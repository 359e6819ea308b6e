using Npgsql;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Metering.Limits;
using static Tollgate.Accounting.PostgreSql.Connections.LimitParameters;

namespace Tollgate.Accounting.PostgreSql.Limits;

/// <summary>
/// Finds counters that have reached an unreported threshold. Nearly always there are none, so the check itself takes no
/// lock and writes nothing.
/// </summary>
internal static class LevelCatchUp
{
    private const string Told =
        "SELECT limit_id, target, window_start, amount, level, told_at FROM limit_levels WHERE limit_id = ANY ($1)";

    /// <summary>Runs on a connection with an open transaction.</summary>
    public static async Task RunAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Limit> limits,
        CancellationToken cancellation
    )
    {
        var behind = await BehindAsync(
            connection,
            limits,
            await LimitClock.ReadAsync(connection, LimitSql.Tell, cancellation),
            cancellation
        );
        if (behind.Count == 0)
            return;
        // Checks again, under the lock that a reset takes too: what was forgiven meanwhile must not raise an alert.
        var now = await LimitClock.ReadAsync(connection, LimitSql.LockAndTell, cancellation);
        var again = await BehindAsync(
            connection,
            [.. behind.Select(static reading => reading.Limit).Distinct()],
            now,
            cancellation
        );
        await LimitLevels.LookAsync(connection, again, cancellation);
    }

    private static async Task<List<LimitReading>> BehindAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Limit> limits,
        long now,
        CancellationToken cancellation
    )
    {
        var byId = limits.ToDictionary(static limit => limit.Id, StringComparer.Ordinal);
        var readings = (await CounterReading.ReadAsync(connection, limits, cancellation))
            .Select(count => new LimitReading(byId[count.Id], count.Target, count.WindowStart, count.Used, 0, now))
            .Where(static reading => !reading.IsQuiet)
            .ToList();
        if (readings.Count == 0)
            return readings;
        var told = await ToldAsync(connection, limits, cancellation);
        readings.RemoveAll(reading => !IsBehind(reading, told));
        return readings;
    }

    private static bool IsBehind(LimitReading reading, Dictionary<(string, string, long, Int128), LimitLevel> told) =>
        reading
            .Change(
                told.TryGetValue(
                    (
                        StoredText.Of(reading.Limit.Id),
                        StoredText.Of(reading.Target),
                        reading.LevelWindow,
                        reading.Amount
                    ),
                    out var level
                )
                    ? level
                    : null
            )
            .Tells;

    private static async Task<Dictionary<(string, string, long, Int128), LimitLevel>> ToldAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Limit> limits,
        CancellationToken cancellation
    )
    {
        await using var command = connection.Command(Told, Texts(limits, static limit => StoredText.Of(limit.Id)));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var told = new Dictionary<(string, string, long, Int128), LimitLevel>();
        while (await reader.ReadAsync(cancellation))
            told[(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), Amount(reader, 3))] = new LimitLevel(
                reader.GetInt32(4),
                reader.GetInt64(5)
            );
        return told;
    }
}
