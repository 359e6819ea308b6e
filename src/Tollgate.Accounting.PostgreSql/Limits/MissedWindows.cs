using Npgsql;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using static Tollgate.Accounting.PostgreSql.Connections.LimitParameters;

namespace Tollgate.Accounting.PostgreSql.Limits;

/// <summary>
/// Windows that were charged by a process without the limit, such as a gateway that recovers a dead one's calls at its
/// start. They are rows of limit_levels with the amount 0, which no threshold uses. A process with the limit checks
/// those that have ended; the current one is checked in any case.
/// </summary>
internal static class MissedWindows
{
    /// <summary>
    /// Updates an existing row, which locks it: a process that is removing it at this moment must count what is charged
    /// here.
    /// </summary>
    private const string InsertMarks = """
        INSERT INTO limit_levels AS kept (limit_id, target, window_start, amount, level, notified_at)
        SELECT limit_id, target, window_start, 0, 0, 0
        FROM unnest($1::text[], $2::text[], $3::bigint[]) AS w (limit_id, target, window_start)
        ORDER BY limit_id COLLATE "C", target COLLATE "C", window_start
        ON CONFLICT (limit_id, target, window_start, amount) DO UPDATE SET level = kept.level
        """;

    private const string AnyMarked = "SELECT 1 FROM limit_levels WHERE limit_id = ANY ($1) AND amount = 0 LIMIT 1";

    private const string Take = """
        WITH mine AS MATERIALIZED (
            SELECT limit_id, target, window_start FROM limit_levels WHERE limit_id = ANY ($1) AND amount = 0
            ORDER BY limit_id, target, window_start FOR UPDATE
        )
        DELETE FROM limit_levels l USING mine
        WHERE l.limit_id = mine.limit_id AND l.target = mine.target AND l.window_start = mine.window_start
            AND l.amount = 0
        RETURNING l.limit_id, l.target, l.window_start
        """;

    private const string Counts = """
        SELECT c.limit_id, c.target, c.window_start, c.used - c.forgiven
        FROM unnest($1::text[], $2::text[], $3::bigint[]) AS w (limit_id, target, window_start)
        JOIN limit_counts c ON c.limit_id = w.limit_id AND c.target = w.target AND c.window_start = w.window_start
        """;

    /// <summary>Marks windows, in the transaction that charges them.</summary>
    public static async Task RememberAsync(
        NpgsqlConnection connection,
        IEnumerable<(string Limit, string Target, long Window)> charged,
        CancellationToken cancellationToken
    )
    {
        var windows = charged.ToList();
        if (windows.Count == 0)
            return;
        await connection.RunAsync(
            InsertMarks,
            cancellationToken,
            Texts(windows, static window => window.Limit),
            Texts(windows, static window => window.Target),
            Numbers(windows, static window => window.Window)
        );
    }

    /// <summary>Checks the marked windows of some limits that have ended, and removes the marks.</summary>
    public static async Task BackfillAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Limit> limits,
        CancellationToken cancellationToken
    )
    {
        await using (
            var any = connection.CreateCommand(
                AnyMarked,
                Texts(limits, static limit => PostgreSqlStoredText.Normalize(limit.Id))
            )
        )
            if (await any.ExecuteScalarAsync(cancellationToken) is null)
                return;
        var taken = await ReadAsync(
            connection,
            Take,
            cancellationToken,
            static reader => ReadRow(reader),
            Texts(limits, static limit => PostgreSqlStoredText.Normalize(limit.Id))
        );
        var now = await LimitClock.ReadAsync(connection, LimitSql.ReadClock, cancellationToken);
        var byId = limits.ToDictionary(
            static limit => PostgreSqlStoredText.Normalize(limit.Id),
            StringComparer.Ordinal
        );
        taken.RemoveAll(row =>
            byId[row.Limit] is var limit
            && (
                !ThresholdLevel.HasThresholds(limit)
                || limit.Window is not CalendarWindow
                || row.Window >= LeaseAllocator.WindowsAt(limit, now).Booked
            )
        );
        // A separate statement after the lock: its snapshot includes everything charged before the row was locked.
        var readings = await ReadAsync(
            connection,
            Counts,
            cancellationToken,
            reader => (Row: ReadRow(reader), Used: ReadAmount(reader, 3)),
            Texts(taken, static row => row.Limit),
            Texts(taken, static row => row.Target),
            Numbers(taken, static row => row.Window)
        );
        await ThresholdLevels.LookAsync(
            connection,
            readings.Select(reading => new ThresholdCheck(
                byId[reading.Row.Limit],
                reading.Row.Target,
                reading.Row.Window,
                reading.Used,
                0,
                now
            )),
            cancellationToken
        );
    }

    private static (string Limit, string Target, long Window) ReadRow(NpgsqlDataReader reader) =>
        (reader.GetString(0), reader.GetString(1), reader.GetInt64(2));

    private static async Task<List<T>> ReadAsync<T>(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken,
        Func<NpgsqlDataReader, T> read,
        params NpgsqlParameter[] parameters
    )
    {
        await using var command = connection.CreateCommand(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));
        return rows;
    }
}
