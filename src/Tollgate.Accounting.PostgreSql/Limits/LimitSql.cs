namespace Tollgate.Accounting.PostgreSql.Limits;

/// <summary>
/// The statements on counters and leases. Rows are always locked in the order of their keys, so that two transactions
/// that need the same rows wait for one another instead of deadlocking.
/// </summary>
internal static class LimitSql
{
    /// <summary>
    /// Reads the server's clock after taking the lock: the holder of the lock can rely on a time that is not before the
    /// previous holder's. The number is "limits" in ASCII. A separate statement, since the snapshot of the next one
    /// must be newer than the lock.
    /// </summary>
    public const string LockAndReadClock =
        "WITH locked AS MATERIALIZED (SELECT pg_advisory_xact_lock(119200062993523)) SELECT clock_timestamp() FROM "
        + "locked";

    public const string ReadClock = "SELECT clock_timestamp()";

    /// <summary>
    /// Everything that a holder's requests depend on, as one snapshot: for each request its counts and its leases, and
    /// whether the holder is known.
    /// </summary>
    public const string ReadCounters = """
        WITH asked AS MATERIALIZED (
            SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) WITH ORDINALITY
                AS a (limit_id, target, oldest, lease_window, number)
        )
        SELECT 0 AS kind, a.number, c.window_start, c.used - c.forgiven, c.debt, c.debt_at
        FROM asked a
        JOIN limit_counts c ON c.limit_id = a.limit_id AND c.target = a.target AND c.window_start >= a.oldest
        UNION ALL
        SELECT 1, a.number, 0, sum(greatest(g.held, 0)), NULL, NULL
        FROM asked a
        JOIN limit_leases g ON g.limit_id = a.limit_id AND g.target = a.target AND g.window_start = a.lease_window
        GROUP BY a.number
        UNION ALL
        SELECT 2, a.number, 0, g.held, g.leased, NULL
        FROM asked a
        JOIN limit_leases g ON g.limit_id = a.limit_id AND g.target = a.target AND g.window_start = a.lease_window
            AND g.holder = $5
        UNION ALL
        SELECT 3, 1, 0, NULL, NULL, NULL FROM limit_holders WHERE holder = $5
        ORDER BY 1, 2, 3
        """;

    /// <summary>
    /// Writes the changes of an exchange. Leases change only by the amounts added or taken: records change them at the
    /// same time, without the lock. Buckets are changed only here. Counts that ended long ago are deleted with the
    /// first request for a new one.
    /// </summary>
    public const string WriteLeases = """
        WITH holding AS (
            INSERT INTO limit_holders VALUES ($1, $2, $3)
            ON CONFLICT (holder) DO UPDATE SET name = excluded.name, lease_end = excluded.lease_end
        ), leasing AS (
            INSERT INTO limit_leases AS kept (limit_id, target, window_start, holder, held, leased)
            SELECT limit_id, target, window_start, $1, change, change
            FROM unnest($4::text[], $5::text[], $6::bigint[], $7::numeric[])
                AS g (limit_id, target, window_start, change)
            ORDER BY limit_id COLLATE "C", target COLLATE "C", window_start
            ON CONFLICT (limit_id, target, window_start, holder)
            DO UPDATE SET held = kept.held + excluded.held, leased = kept.leased + excluded.leased
        ), poured AS (
            INSERT INTO limit_counts (limit_id, target, window_start, debt, debt_at)
            SELECT limit_id, target, 0, debt, debt_at
            FROM unnest($8::text[], $9::text[], $10::numeric[], $11::bigint[]) AS b (limit_id, target, debt, debt_at)
            ON CONFLICT (limit_id, target, window_start)
            DO UPDATE SET debt = excluded.debt, debt_at = excluded.debt_at
        ), past AS MATERIALIZED (
            SELECT * FROM unnest($12::text[], $13::text[], $14::bigint[]) AS p (limit_id, target, before)
        ), past_counts AS (
            DELETE FROM limit_counts c USING past p
            WHERE c.limit_id = p.limit_id AND c.target = p.target AND c.window_start > 0 AND c.window_start < p.before
        ), past_levels AS (
            DELETE FROM limit_levels l USING past p
            WHERE l.limit_id = p.limit_id AND l.target = p.target AND l.window_start > 0 AND l.window_start < p.before
        )
        DELETE FROM limit_leases g USING past p
        WHERE g.limit_id = p.limit_id AND g.target = p.target AND g.window_start > 0 AND g.window_start < p.before
        """;

    /// <summary>
    /// Writes the charges of a batch of records; returns each changed count, which no other transaction changes before
    /// this one ends. A lease is only decreased, never created: what was released meanwhile is counted against the
    /// other holders.
    /// </summary>
    public const string Charge = """
        WITH counted AS (
            INSERT INTO limit_counts AS kept (limit_id, target, window_start, used)
            SELECT limit_id, target, window_start, amount
            FROM unnest($1::text[], $2::text[], $3::bigint[], $4::numeric[])
                AS c (limit_id, target, window_start, amount)
            ORDER BY limit_id COLLATE "C", target COLLATE "C", window_start
            ON CONFLICT (limit_id, target, window_start) DO UPDATE SET used = kept.used + excluded.used
            RETURNING limit_id, target, window_start, used - forgiven AS used
        ), spent AS MATERIALIZED (
            SELECT g.limit_id, g.target, g.window_start, g.holder, s.amount
            FROM unnest($5::text[], $6::text[], $7::bigint[], $8::uuid[], $9::numeric[])
                AS s (limit_id, target, window_start, holder, amount)
            JOIN limit_leases g ON g.limit_id = s.limit_id AND g.target = s.target
                AND g.window_start = s.window_start AND g.holder = s.holder
            ORDER BY g.limit_id, g.target, g.window_start, g.holder
            FOR UPDATE OF g
        ), taken AS (
            UPDATE limit_leases g SET held = g.held - s.amount FROM spent s
            WHERE g.limit_id = s.limit_id AND g.target = s.target
                AND g.window_start = s.window_start AND g.holder = s.holder
        )
        SELECT limit_id, target, window_start, used, clock_timestamp() FROM counted
        """;

    /// <summary>The counters of some limits, all targets: counts, held quota, and all targets so far.</summary>
    public const string ReadAll = """
        WITH asked AS MATERIALIZED (
            SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[]) WITH ORDINALITY
                AS a (limit_id, oldest, lease_window, number)
        )
        SELECT 0 AS kind, a.number, c.target, c.window_start, c.used - c.forgiven, c.debt, c.debt_at
        FROM asked a JOIN limit_counts c ON c.limit_id = a.limit_id AND c.window_start >= a.oldest
        UNION ALL
        SELECT 1, a.number, g.target, 0, sum(greatest(g.held, 0)), NULL, NULL
        FROM asked a JOIN limit_leases g ON g.limit_id = a.limit_id AND g.window_start = a.lease_window
        GROUP BY a.number, g.target
        UNION ALL
        (SELECT 2, a.number, c.target, 0, NULL::numeric, NULL::numeric, NULL::bigint
         FROM asked a JOIN limit_counts c ON c.limit_id = a.limit_id
         UNION
         SELECT 2, a.number, g.target, 0, NULL, NULL, NULL
         FROM asked a JOIN limit_leases g ON g.limit_id = a.limit_id)
        ORDER BY 2, 3, 1, 4
        """;

    public const string Forgive = """
        WITH mine AS MATERIALIZED (
            SELECT target, window_start FROM limit_counts
            WHERE limit_id = $1 AND ($2::text IS NULL OR target = $2) AND window_start >= $3
            ORDER BY target, window_start FOR UPDATE
        )
        UPDATE limit_counts c SET forgiven = c.used,
            debt = CASE WHEN c.debt IS NULL THEN NULL ELSE $4 * coalesce((
                SELECT sum(greatest(g.held, 0)) FROM limit_leases g
                WHERE g.limit_id = $1 AND g.target = c.target AND g.window_start = 0), 0) END
        FROM mine WHERE c.limit_id = $1 AND c.target = mine.target AND c.window_start = mine.window_start
        """;

    /// <summary>After a reset, thresholds are reported again.</summary>
    public const string RearmThresholds =
        "DELETE FROM limit_levels WHERE limit_id = $1 AND ($2::text IS NULL OR target = $2) AND (window_start >= $3 "
        + "OR window_start = 0)";

    /// <summary>The counted usage, including forgiven usage, by target.</summary>
    public const string ReadTotals =
        "SELECT target, sum(used), sum(reconciled) FROM limit_counts WHERE limit_id = $1 AND window_start >= $2 "
        + "GROUP BY target";

    /// <summary>Under the lock, so that of two reconcilers the second one sees what the first one added.</summary>
    public const string Adjust = """
        INSERT INTO limit_counts AS kept (limit_id, target, window_start, used, reconciled)
        SELECT $1, $2, $3, $4, $4
        WHERE (
            SELECT coalesce(sum(reconciled), 0) FROM limit_counts
            WHERE limit_id = $1 AND target = $2 AND window_start >= $5) = $6
        ON CONFLICT (limit_id, target, window_start)
        DO UPDATE SET used = kept.used + excluded.used, reconciled = kept.reconciled + excluded.reconciled
        """;

    public const string Delete =
        "WITH counts AS (DELETE FROM limit_counts WHERE limit_id = ANY ($1)), levels AS (DELETE FROM limit_levels "
        + "WHERE limit_id = ANY ($1)) "
        + "DELETE FROM limit_leases WHERE limit_id = ANY ($1)";

    /// <summary>
    /// Removes rows that can never count again, a chunk of each table. Under the lock, which blocks exchanges; a record
    /// that charges such a row at the same time keeps it.
    /// </summary>
    public const string PruneCounts =
        Pruned
        + """
            DELETE FROM limit_counts WHERE ctid = ANY (ARRAY (
                SELECT c.ctid FROM asked a JOIN limit_counts c ON c.limit_id = a.limit_id
                WHERE (c.window_start > 0 AND c.window_start < a.before)
                   OR (c.window_start = 0 AND a.inflow IS NOT NULL AND c.debt <= a.inflow * ($5 - c.debt_at)
                       AND NOT EXISTS (
                           SELECT FROM limit_leases g
                           WHERE g.limit_id = c.limit_id AND g.target = c.target AND g.held <> 0))
                LIMIT $6))
            """;

    public const string PruneLeases =
        Pruned
        + """
            DELETE FROM limit_leases WHERE ctid = ANY (ARRAY (
                SELECT g.ctid FROM asked a JOIN limit_leases g ON g.limit_id = a.limit_id
                WHERE $5::bigint IS NOT NULL AND ((g.window_start > 0 AND g.window_start < a.before)
                   OR (g.window_start = 0 AND g.held = 0
                       AND NOT EXISTS (
                           SELECT FROM limit_counts c WHERE c.limit_id = g.limit_id AND c.target = g.target)))
                LIMIT $6))
            """;

    public const string PruneLevels =
        Pruned
        + """
            DELETE FROM limit_levels WHERE ctid = ANY (ARRAY (
                SELECT l.ctid FROM asked a JOIN limit_levels l ON l.limit_id = a.limit_id
                WHERE $5::bigint IS NOT NULL AND ((l.window_start > 0 AND l.window_start < a.before)
                   OR (l.window_start = 0 AND l.notified_at < a.notified_before
                       AND NOT EXISTS (
                           SELECT FROM limit_counts c WHERE c.limit_id = l.limit_id AND c.target = l.target)))
                LIMIT $6))
            """;

    private const string Pruned =
        "WITH asked AS MATERIALIZED (SELECT * FROM unnest($1::text[], $2::bigint[], $3::numeric[], $4::bigint[]) AS a "
        + "(limit_id, before, inflow, notified_before)) ";

    public const string Release =
        "WITH gone AS (DELETE FROM limit_holders WHERE holder = $1) DELETE FROM limit_leases WHERE holder = $1";

    public const string Holders = """
        SELECT h.holder, h.name, h.lease_end, g.limit_id, g.target, sum(g.held)
        FROM limit_holders h LEFT JOIN limit_leases g ON g.holder = h.holder AND g.held <> 0
        GROUP BY h.holder, g.limit_id, g.target ORDER BY h.holder, g.limit_id, g.target
        """;
}
