using System.Globalization;
using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Stores.Sqlite.Limits;

/// <summary>Reads counters and leases of limits from a ledger's SQLite file.</summary>
internal static class SqliteLimitReader
{
    private const string Used = "used_millions - forgiven_millions, used_ones - forgiven_ones";

    /// <summary>Returns the counts of some limits at a given time, for all targets, in one snapshot.</summary>
    public static List<LimitCount> ReadCounts(SqliteConnection connection, IReadOnlyList<Limit> limits, UnixMicros now)
    {
        using var snapshot = connection.BeginTransaction(deferred: true);
        var counts = new List<LimitCount>();
        foreach (var limit in limits)
            foreach (var target in ReadTargets(connection, limit))
                counts.Add(
                    LeaseAllocator.Count(
                        limit,
                        target,
                        now,
                        ReadRows(connection, limit, target, LeaseAllocator.WindowsAt(limit, now))
                    )
                );
        return counts;
    }

    /// <summary>Returns the counted usage, including forgiven usage, by target.</summary>
    public static Dictionary<string, CounterTotals> ReadTotals(
        SqliteConnection connection,
        Limit limit,
        long fromWindow
    )
    {
        var counts = new Dictionary<string, CounterTotals>();
        using (
            var command = connection.CreateCommand(
                "SELECT target, sum(used_millions), sum(used_ones), sum(reconciled_millions), sum(reconciled_ones) "
                    + "FROM limit_counts WHERE limit_id = $limit AND window >= $from GROUP BY target",
                ("$limit", limit.Id),
                ("$from", fromWindow)
            )
        )
        using (var reader = command.ExecuteReader())
            while (reader.Read())
                counts[reader.GetString(0)] = new CounterTotals(
                    Join(reader.GetInt64(1), reader.GetInt64(2)),
                    Join(reader.GetInt64(3), reader.GetInt64(4))
                );
        return counts;
    }

    public static List<HeldLeases> ReadHolders(SqliteConnection connection)
    {
        var grants = new List<(Guid Holder, string Limit, string Target, Int128 Held)>();
        using (
            var command = connection.CreateCommand(
                "SELECT holder, limit_id, target, sum(held_millions), sum(held_ones) FROM limit_leases GROUP BY 1, 2, "
                    + "3 ORDER BY 2, 3"
            )
        )
        using (var reader = command.ExecuteReader())
            while (reader.Read())
                grants.Add(
                    (
                        ReadId(reader, 0),
                        reader.GetString(1),
                        reader.GetString(2),
                        Join(reader.GetInt64(3), reader.GetInt64(4))
                    )
                );
        var states = new List<HeldLeases>();
        using (
            var command = connection.CreateCommand("SELECT holder, name, lease_end FROM limit_holders ORDER BY holder")
        )
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                var id = ReadId(reader, 0);
                var held = grants
                    .Where(grant => grant.Holder == id && grant.Held != 0)
                    .Select(static grant => (grant.Limit, grant.Target, grant.Held));
                states.Add(new HeldLeases(id, reader.GetString(1), StoredTime.ToTime(reader.GetInt64(2)), [.. held]));
            }
        }

        return states;
    }

    /// <summary>Returns the targets that a limit has counted so far.</summary>
    public static List<string> ReadTargets(SqliteConnection connection, Limit limit)
    {
        using var command = connection.CreateCommand(
            "SELECT target FROM limit_counts WHERE limit_id = $limit UNION SELECT target FROM limit_leases WHERE "
                + "limit_id = $limit ORDER BY 1",
            ("$limit", limit.Id)
        );
        using var reader = command.ExecuteReader();
        var targets = new List<string>();
        while (reader.Read())
            targets.Add(reader.GetString(0));
        if (targets.Count == 0 && !limit.Scope.HasWildcard)
            targets.Add("");
        return targets;
    }

    public static CounterRows ReadRows(
        SqliteConnection connection,
        Limit limit,
        string target,
        in CounterWindows windows
    )
    {
        List<(long, Int128)> booked = [];
        var bucket = default(BucketLevel);
        using (
            var command = connection.CreateCommand(
                $"SELECT window, {Used}, debt, debt_at FROM limit_counts WHERE limit_id = $limit AND target = $target "
                    + $"AND window >= $from ORDER BY window",
                ("$limit", limit.Id),
                ("$target", target),
                ("$from", windows.OldestBooked)
            )
        )
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                booked.Add((reader.GetInt64(0), Join(reader.GetInt64(1), reader.GetInt64(2))));
                if (!reader.IsDBNull(3))
                    bucket = new BucketLevel(
                        Int128.Parse(reader.GetString(3), CultureInfo.InvariantCulture),
                        reader.GetInt64(4)
                    );
            }
        }

        using var held = connection.CreateCommand(
            "SELECT held_millions, held_ones FROM limit_leases WHERE limit_id = $limit AND target = $target AND "
                + "window = $window",
            ("$limit", limit.Id),
            ("$target", target),
            ("$window", windows.Lease)
        );
        using var grants = held.ExecuteReader();
        Int128 sum = 0;
        while (grants.Read())
            sum += Int128.Max(0, Join(grants.GetInt64(0), grants.GetInt64(1)));
        return new CounterRows(booked, sum, bucket);
    }

    private static Guid ReadId(SqliteDataReader reader, int column) =>
        new(reader.GetFieldValue<byte[]>(column), bigEndian: true);

    private static Int128 Join(long millions, long ones) => ((Int128)millions * 1_000_000) + ones;
}
