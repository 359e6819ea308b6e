using System.Globalization;
using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Spool;
using Tollgate.Accounting.Stores.Sqlite.Ledger;
using Tollgate.Accounting.Stores.Sqlite.Writing;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Stores.Sqlite.Limits;

/// <summary>The counters of limits in a ledger's SQLite file. Exchanges are part of the ledger's own commits.</summary>
internal sealed class SqliteLimitStore(SqliteLedgerStore ledger, LedgerOptions options) : ILimitStore
{
    private const string Used = "used_millions - forgiven_millions, used_ones - forgiven_ones";

    public async Task<LeaseResponse> ExchangeAsync(
        LeaseHolder holder,
        IReadOnlyList<LeaseRequest> orders,
        CancellationToken cancellationToken = default
    )
    {
        var work = new ExchangeLeasesWork(holder, orders, options.TimeProvider);
        await ledger.Writer.RunAsync(work);
        return work.Response!;
    }

    public void SetMonitored(IReadOnlyList<Limit> limits) => ledger.LimitsWithThresholds.Use(limits);

    public async Task BackfillAlertsAsync(IReadOnlyList<Limit> limits, CancellationToken cancellationToken = default)
    {
        if (limits.Count > 0)
            await ledger.Writer.RunAsync(new BackfillAlertsWork(limits, options.TimeProvider));
    }

    public Task<IReadOnlyList<LimitCount>> ReadAsync(
        IReadOnlyList<Limit> limits,
        CancellationToken cancellationToken = default
    ) => ReadAsync<IReadOnlyList<LimitCount>>(connection => Read(connection, limits), cancellationToken);

    private List<LimitCount> Read(SqliteConnection connection, IReadOnlyList<Limit> limits)
    {
        using var snapshot = connection.BeginTransaction(deferred: true);
        var now = options.TimeProvider.GetUtcNow().ToMicros();
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

    public Task ResetAsync(Limit limit, string? target, CancellationToken cancellationToken = default) =>
        WriteAsync(connection => Reset(connection, limit, target), cancellationToken);

    private bool Reset(SqliteConnection connection, Limit limit, string? target)
    {
        var windows = LeaseAllocator.WindowsAt(limit, options.TimeProvider.GetUtcNow().ToMicros());
        using (
            var command = connection.CreateCommand(
                """
                UPDATE limit_counts SET forgiven_millions = used_millions, forgiven_ones = used_ones
                WHERE limit_id = $limit AND ($target IS NULL OR target = $target) AND window >= $from;
                DELETE FROM limit_levels
                WHERE limit_id = $limit AND ($target IS NULL OR target = $target) AND (window >= $from OR window = 0)
                """,
                ("$limit", limit.Id),
                ("$target", target),
                ("$from", windows.OldestBooked)
            )
        )
            command.ExecuteNonQuery();
        if (limit.Window is BucketWindow)
            ResetBuckets(connection, limit, target, windows);
        return true;
    }

    public async Task<ReconciliationSnapshot> SnapshotAsync(
        Limit limit,
        UsageSumQuery query,
        long fromWindow,
        CancellationToken cancellationToken = default
    )
    {
        if (options.Store is { } server)
        {
            // A spool has only the counters: the records are on the server, or on their way.
            var (sums, counted) = await SpoolSumReader.ReadAsync(
                options,
                server,
                query,
                local => ReadTotals(local, limit, fromWindow),
                cancellationToken
            );
            return new ReconciliationSnapshot(sums, counted);
        }

        return await SqliteThreads.Queries.ReadAsync(
            options.DatabasePath,
            connection =>
            {
                using var snapshot = connection.BeginTransaction(deferred: true);
                var counts = ReadTotals(connection, limit, fromWindow);
                return new ReconciliationSnapshot(SqliteLedgerStore.ReadSums(connection, query), counts);
            },
            cancellationToken
        );
    }

    private static Dictionary<string, CounterTotals> ReadTotals(
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

    public Task<bool> AdjustAsync(
        Limit limit,
        string target,
        CounterAdjustment raise,
        CancellationToken cancellationToken = default
    ) => WriteAsync(connection => Adjust(connection, limit, target, raise), cancellationToken);

    private static bool Adjust(SqliteConnection connection, Limit limit, string target, CounterAdjustment raise)
    {
        var ((millions, ones), (raisedMillions, raisedOnes)) = (
            Int128.DivRem(raise.By, 1_000_000),
            Int128.DivRem(raise.AdjustedBefore, 1_000_000)
        );
        using var command = connection.CreateCommand(
            """
            INSERT INTO limit_counts (
                limit_id, target, window, used_millions, used_ones, reconciled_millions, reconciled_ones)
            SELECT $limit, $target, $window, $millions, $ones, $millions, $ones
            WHERE (SELECT (coalesce(sum(reconciled_millions), 0) - $reconciled_millions) * 1000000
                       + coalesce(sum(reconciled_ones), 0) - $reconciled_ones
                   FROM limit_counts WHERE limit_id = $limit AND target = $target AND window >= $from) = 0
            ON CONFLICT DO UPDATE SET
                used_millions = used_millions + excluded.used_millions,
                used_ones = used_ones + excluded.used_ones,
                reconciled_millions = reconciled_millions + excluded.reconciled_millions,
                reconciled_ones = reconciled_ones + excluded.reconciled_ones
            """,
            ("$limit", limit.Id),
            ("$target", target),
            ("$window", raise.Window),
            ("$from", raise.FromWindow),
            ("$millions", (long)millions),
            ("$ones", (long)ones),
            ("$reconciled_millions", (long)raisedMillions),
            ("$reconciled_ones", (long)raisedOnes)
        );
        return command.ExecuteNonQuery() > 0;
    }

    public Task<int> PruneAsync(IReadOnlyList<Limit> limits, CancellationToken cancellationToken = default) =>
        SqliteThreads.Queries.RunAsync(
            () =>
            {
                using var connection = SqliteConnections.OpenForWrites(options.DatabasePath);
                var now = options.TimeProvider.GetUtcNow().ToMicros();
                return SqliteLimitPruning.Run(connection, limits, now, cancellationToken);
            },
            cancellationToken
        );

    public async Task DeleteAsync(IReadOnlyList<string> limitIds, CancellationToken cancellationToken = default)
    {
        foreach (var id in limitIds)
            await WriteAsync(connection => Delete(connection, id), cancellationToken);
    }

    private static int Delete(SqliteConnection connection, string limitId)
    {
        using var command = connection.CreateCommand(
            "DELETE FROM limit_counts WHERE limit_id = $limit; DELETE FROM limit_leases WHERE limit_id = $limit; "
                + "DELETE FROM limit_levels WHERE limit_id = $limit",
            ("$limit", limitId)
        );
        return command.ExecuteNonQuery();
    }

    public Task<IReadOnlyList<HeldLeases>> ListHoldersAsync(CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<HeldLeases>>(ReadHolders, cancellationToken);

    private static List<HeldLeases> ReadHolders(SqliteConnection connection)
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

    public Task ReleaseAsync(Guid holder, CancellationToken cancellationToken = default) =>
        WriteAsync(connection => Release(connection, holder), cancellationToken);

    private static int Release(SqliteConnection connection, Guid holder)
    {
        using var command = connection.CreateCommand(
            "DELETE FROM limit_leases WHERE holder = $holder; DELETE FROM limit_holders WHERE holder = $holder",
            ("$holder", holder.ToByteArray(bigEndian: true))
        );
        return command.ExecuteNonQuery();
    }

    /// <summary>A reset bucket owes only what is leased, since that may still be spent.</summary>
    private static void ResetBuckets(
        SqliteConnection connection,
        Limit limit,
        string? target,
        in CounterWindows windows
    )
    {
        foreach (var one in target is null ? ReadTargets(connection, limit) : [target])
        {
            var debt = LeaseAllocator.CreateBucket(limit, ReadRows(connection, limit, one, windows).Held).Debt;
            using var command = connection.CreateCommand(
                "UPDATE limit_counts SET debt = $debt WHERE limit_id = $limit AND target = $target AND debt IS NOT "
                    + "NULL",
                ("$debt", debt.ToString(CultureInfo.InvariantCulture)),
                ("$limit", limit.Id),
                ("$target", one)
            );
            command.ExecuteNonQuery();
        }
    }

    private static List<string> ReadTargets(SqliteConnection connection, Limit limit)
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

    private static CounterRows ReadRows(
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

    private Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken) =>
        SqliteThreads.Lookups.ReadAsync(options.DatabasePath, read, cancellationToken);

    private Task<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken) =>
        SqliteThreads.Changes.WriteAsync(options.DatabasePath, write, cancellationToken);

    private static Guid ReadId(SqliteDataReader reader, int column) =>
        new(reader.GetFieldValue<byte[]>(column), bigEndian: true);

    private static Int128 Join(long millions, long ones) => ((Int128)millions * 1_000_000) + ones;
}

/// <summary>One lease exchange, in a transaction of the writer.</summary>
internal sealed class ExchangeLeasesWork(LeaseHolder holder, IReadOnlyList<LeaseRequest> orders, TimeProvider clock)
    : ILedgerWork
{
    /// <summary>The response, once the work's transaction is committed.</summary>
    public LeaseResponse? Response { get; private set; }

    public int Run(LedgerWriterConnection store)
    {
        Response = store.Limits.Exchange(holder, orders, clock.GetUtcNow().ToMicros());
        return 0;
    }
}

/// <summary>Checks the counts of some limits, in a transaction of the writer.</summary>
internal sealed class BackfillAlertsWork(IReadOnlyList<Limit> limits, TimeProvider clock) : ILedgerWork
{
    public int Run(LedgerWriterConnection store)
    {
        store.Limits.BackfillAlerts(limits, clock.GetUtcNow().ToMicros());
        return 0;
    }
}
