namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>
/// The statements on the rows of limits, prepared once. The parameters of each are listed in their order. For the
/// writer's thread only.
/// </summary>
internal sealed class SqliteLimitStatements : IDisposable
{
    public SqliteLimitStatements(SqliteDatabase database)
    {
        Counts = database.Prepare(
            "read a limit's counts",
            "SELECT window, used_millions - forgiven_millions, used_ones - forgiven_ones, debt, debt_at FROM "
                + "limit_counts "
                + "WHERE limit_id = ?1 AND target = ifnull(?2, '') AND window >= ?3 ORDER BY window"
        );
        Held = database.Prepare(
            "read a limit's leases",
            "SELECT held_millions, held_ones, leased_millions, leased_ones, holder = ?4 FROM limit_leases WHERE "
                + "limit_id = ?1 AND target = ifnull(?2, '') AND window = ?3"
        );
        AddHeld = database.Prepare(
            "lease quota",
            "INSERT INTO limit_leases VALUES (?1, ifnull(?2, ''), ?3, ?4, ?5, ?6, ?5, ?6) ON CONFLICT DO UPDATE SET "
                + "held_millions = held_millions + excluded.held_millions, held_ones = held_ones + excluded.held_ones, "
                + "leased_millions = leased_millions + excluded.leased_millions, leased_ones = leased_ones + "
                + "excluded.leased_ones"
        );
        // Never inserted: what was released meanwhile is counted against the other holders.
        TakeHeld = database.Prepare(
            "spend a lease",
            "UPDATE limit_leases SET held_millions = held_millions - ?5, held_ones = held_ones - ?6 WHERE limit_id = "
                + "?1 AND target = ifnull(?2, '') AND window = ?3 AND holder = ?4"
        );
        AddUsed = database.Prepare(
            "count",
            "INSERT INTO limit_counts (limit_id, target, window, used_millions, used_ones) VALUES (?1, ifnull(?2, "
                + "''), ?3, ?4, ?5) ON CONFLICT DO UPDATE SET "
                + "used_millions = used_millions + excluded.used_millions, used_ones = used_ones + excluded.used_ones "
                + "RETURNING used_millions - forgiven_millions, used_ones - forgiven_ones"
        );
        Sums = database.Prepare(
            "add up a limit's counts",
            "SELECT target, sum(used_millions - forgiven_millions), sum(used_ones - forgiven_ones) FROM limit_counts "
                + "WHERE limit_id = ?1 AND window BETWEEN ?2 AND ?3 GROUP BY target"
        );
        SetBucket = database.Prepare(
            "set a bucket",
            "INSERT INTO limit_counts (limit_id, target, window, debt, debt_at) VALUES (?1, ifnull(?2, ''), 0, ?3, "
                + "?4) ON CONFLICT DO UPDATE SET "
                + "debt = excluded.debt, debt_at = excluded.debt_at"
        );
        FindHolder = database.Prepare("find a holder", "SELECT count(*) FROM limit_holders WHERE holder = ?1");
        SetHolder = database.Prepare(
            "renew a lease",
            "INSERT INTO limit_holders VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET name = excluded.name, lease_end "
                + "= excluded.lease_end"
        );
        PruneCounts = database.Prepare(
            "prune old counts",
            "DELETE FROM limit_counts WHERE limit_id = ?1 AND target = ifnull(?2, '') AND window < ?3 AND window > 0"
        );
        PruneLeases = database.Prepare(
            "prune old leases",
            "DELETE FROM limit_leases WHERE limit_id = ?1 AND target = ifnull(?2, '') AND window < ?3 AND window > 0"
        );
    }

    /// <summary>Reads the counts of a limit and a target from a window on: limit, target, window.</summary>
    public SqliteStatement Counts { get; }

    /// <summary>Reads the leases of a counter: limit, target, window, own holder.</summary>
    public SqliteStatement Held { get; }

    /// <summary>Adds to a lease: limit, target, window, holder, millions, ones.</summary>
    public SqliteStatement AddHeld { get; }

    /// <summary>Takes spent quota from a lease: limit, target, window, holder, millions, ones.</summary>
    public SqliteStatement TakeHeld { get; }

    /// <summary>Adds to a count and returns it: limit, target, window, millions, ones.</summary>
    public SqliteStatement AddUsed { get; }

    /// <summary>Sets the level of a bucket: limit, target, debt, time.</summary>
    public SqliteStatement SetBucket { get; }

    /// <summary>Counts the rows of a holder: holder.</summary>
    public SqliteStatement FindHolder { get; }

    /// <summary>Renews a holder: holder, name, end of the lease.</summary>
    public SqliteStatement SetHolder { get; }

    /// <summary>Removes counts before a window: limit, target, window.</summary>
    public SqliteStatement PruneCounts { get; }

    /// <summary>Removes leases before a window: limit, target, window.</summary>
    public SqliteStatement PruneLeases { get; }

    /// <summary>Adds up the counts of a limit between two windows, by target: limit, first, last window.</summary>
    public SqliteStatement Sums { get; }

    public void Dispose()
    {
        foreach (
            var statement in (SqliteStatement[])
                [
                    Counts,
                    Held,
                    AddHeld,
                    TakeHeld,
                    AddUsed,
                    SetBucket,
                    FindHolder,
                    SetHolder,
                    PruneCounts,
                    PruneLeases,
                    Sums,
                ]
        )
            statement.Dispose();
    }
}
