using System.Globalization;
using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Stores.Sqlite.Limits;

/// <summary>
/// Removes rows of limits that can never count again, in chunks, so that no commit of the ledger waits for long.
/// </summary>
internal static class SqliteLimitPruning
{
    private const int Chunk = 2_000;

    /// <summary>
    /// A debt is text, since it may exceed 64 bits: it is compared as a real number with a margin of one percent.
    /// </summary>
    private const string Counts = """
        DELETE FROM limit_counts WHERE limit_id = $limit AND (target, window) IN (
            SELECT c.target, c.window FROM limit_counts c WHERE c.limit_id = $limit AND (
                (c.window > 0 AND c.window < $before)
                OR (c.window = 0 AND $inflow IS NOT NULL AND c.debt IS NOT NULL
                    AND CAST(c.debt AS REAL) * 1.01 <= CAST($inflow AS REAL) * ($now - c.debt_at)
                    AND NOT EXISTS (
                        SELECT 1 FROM limit_leases g WHERE g.limit_id = c.limit_id AND g.target = c.target
                            AND (g.held_millions <> 0 OR g.held_ones <> 0))))
            LIMIT $chunk)
        """;

    private const string Leases = """
        DELETE FROM limit_leases WHERE limit_id = $limit AND (target, window, holder) IN (
            SELECT g.target, g.window, g.holder FROM limit_leases g WHERE g.limit_id = $limit AND (
                (g.window > 0 AND g.window < $before)
                OR (g.window = 0 AND g.held_millions = 0 AND g.held_ones = 0
                    AND NOT EXISTS (
                        SELECT 1 FROM limit_counts c WHERE c.limit_id = g.limit_id AND c.target = g.target)))
            LIMIT $chunk)
        """;

    private const string Levels = """
        DELETE FROM limit_levels WHERE limit_id = $limit AND (target, window, amount) IN (
            SELECT l.target, l.window, l.amount FROM limit_levels l WHERE l.limit_id = $limit AND (
                (l.window > 0 AND l.window < $before)
                OR (l.window = 0 AND l.notified_at < $notified_before
                    AND NOT EXISTS (
                        SELECT 1 FROM limit_counts c WHERE c.limit_id = l.limit_id AND c.target = l.target)))
            LIMIT $chunk)
        """;

    public static int Run(
        SqliteConnection connection,
        IReadOnlyList<Limit> limits,
        UnixMicros now,
        CancellationToken cancellationToken
    )
    {
        var removed = 0;
        foreach (var limit in limits.Select(limit => PruneCriteria.ForLimit(limit, now)))
            foreach (var sql in (string[])[Counts, Leases, Levels])
                removed += Run(connection, sql, limit, now, cancellationToken);
        return removed;
    }

    private static int Run(
        SqliteConnection connection,
        string sql,
        PruneCriteria limit,
        UnixMicros now,
        CancellationToken cancellationToken
    )
    {
        var removed = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            using var command = connection.CreateCommand(
                sql,
                ("$limit", limit.Id),
                ("$before", limit.Before),
                ("$inflow", limit.RefillRate?.ToString(CultureInfo.InvariantCulture)),
                ("$now", now.Value),
                ("$notified_before", limit.NotifiedBefore),
                ("$chunk", Chunk)
            );
            var rows = command.ExecuteNonQuery();
            removed += rows;
            if (rows < Chunk)
                break;
        }

        return removed;
    }
}
