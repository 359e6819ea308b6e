using System.Globalization;
using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Spool;
using Tollgate.Accounting.Stores.Sqlite.Ledger;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Stores.Sqlite.Limits;

/// <summary>The counters of limits in a ledger's SQLite file. Exchanges are part of the ledger's own commits.</summary>
internal sealed class SqliteLimitStore(SqliteLedgerStore ledger, LedgerOptions options) : ILimitStore
{
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
    ) =>
        ReadAsync<IReadOnlyList<LimitCount>>(
            connection => SqliteLimitReader.ReadCounts(connection, limits, Now),
            cancellationToken
        );

    public Task ResetAsync(Limit limit, string? target, CancellationToken cancellationToken = default) =>
        WriteAsync(connection => Reset(connection, limit, target), cancellationToken);

    private bool Reset(SqliteConnection connection, Limit limit, string? target)
    {
        var windows = LeaseAllocator.WindowsAt(limit, Now);
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
                local => SqliteLimitReader.ReadTotals(local, limit, fromWindow),
                cancellationToken
            );
            return new ReconciliationSnapshot(sums, counted);
        }

        return await SqliteThreads.Queries.ReadAsync(
            options.DatabasePath,
            connection =>
            {
                using var snapshot = connection.BeginTransaction(deferred: true);
                var counts = SqliteLimitReader.ReadTotals(connection, limit, fromWindow);
                return new ReconciliationSnapshot(SqliteLedgerStore.ReadSums(connection, query), counts);
            },
            cancellationToken
        );
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
                var now = Now;
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
        ReadAsync<IReadOnlyList<HeldLeases>>(SqliteLimitReader.ReadHolders, cancellationToken);

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
        foreach (var one in target is null ? SqliteLimitReader.ReadTargets(connection, limit) : [target])
        {
            var held = SqliteLimitReader.ReadRows(connection, limit, one, windows).Held;
            var debt = LeaseAllocator.CreateBucket(limit, held).Debt;
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

    private UnixMicros Now => UnixMicros.FromTime(options.TimeProvider.GetUtcNow());

    private Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken) =>
        SqliteThreads.Lookups.ReadAsync(options.DatabasePath, read, cancellationToken);

    private Task<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken) =>
        SqliteThreads.Changes.WriteAsync(options.DatabasePath, write, cancellationToken);
}
