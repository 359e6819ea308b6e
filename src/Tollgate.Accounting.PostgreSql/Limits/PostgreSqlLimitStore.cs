using Npgsql;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using static Tollgate.Accounting.PostgreSql.Connections.LimitParameters;

namespace Tollgate.Accounting.PostgreSql.Limits;

/// <summary>
/// The counters of limits in the ledger's database. Granting leases takes a lock; writing records does not wait for it.
/// Windows are determined by the server's clock, so that gateways with different clocks count the same ones.
/// </summary>
internal sealed class PostgreSqlLimitStore(
    PostgreSqlDatabase database,
    PostgreSqlMigrations migrations,
    WatchedLimits watched
) : ILimitStore
{
    /// <summary>Calls wait for an exchange: a server that does not respond must not delay them for long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Exchanges wait meanwhile, and calls may wait for those.</summary>
    private const int PruneAtOnce = 5_000;

    private volatile bool _isMigrated;

    public async Task<GrantAnswer> ExchangeAsync(
        GrantHolder holder,
        IReadOnlyList<GrantOrder> orders,
        CancellationToken cancellation = default
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            if (!_isMigrated)
                await migrations.ApplyAsync(PostgreSqlMigrations.KnownVersion, patience.Token);
            _isMigrated = true;
            return await database.RunTransactionAsync(
                connection => LimitExchange.RunAsync(connection, holder, orders, patience.Token),
                patience.Token
            );
        }
        catch (OperationCanceledException failure) when (!cancellation.IsCancellationRequested)
        {
            throw new LedgerUnavailableException(
                $"{database} did not respond within {Patience.TotalSeconds:0} seconds.",
                failure
            );
        }
    }

    public void Watch(IReadOnlyList<Limit> limits) => watched.Use(limits);

    public Task CatchUpAsync(IReadOnlyList<Limit> limits, CancellationToken cancellation = default)
    {
        var counted = limits
            .Where(static limit => LimitLevel.Concerns(limit) && limit.Window is not BucketWindow)
            .ToList();
        return limits.Count == 0
            ? Task.CompletedTask
            : database.RunTransactionAsync(
                async connection =>
                {
                    await UnseenWindows.LookBackAsync(connection, limits, cancellation);
                    if (counted.Count > 0)
                        await LevelCatchUp.RunAsync(connection, counted, cancellation);
                    return 0;
                },
                cancellation
            );
    }

    public Task<IReadOnlyList<LimitCount>> ReadAsync(
        IReadOnlyList<Limit> limits,
        CancellationToken cancellation = default
    ) => database.RunAsync(connection => CounterReading.ReadAsync(connection, limits, cancellation), cancellation);

    public Task ResetAsync(Limit limit, string? target, CancellationToken cancellation = default) =>
        UnderLockAsync(
            async (connection, now) =>
            {
                var period = limit.Window is BucketWindow bucket
                    ? bucket.Period.Ticks / TimeSpan.TicksPerMicrosecond
                    : 0;
                var oldest = PostgreSqlCommands.Number(GrantBook.CounterOf(limit, now).OldestBooked);
                await connection.RunAsync(
                    LimitSql.Forgive,
                    cancellation,
                    PostgreSqlCommands.Text(limit.Id),
                    TextOrNull(target),
                    oldest,
                    PostgreSqlCommands.Number(period)
                );
                return await connection.RunAsync(
                    LimitSql.Disarm,
                    cancellation,
                    PostgreSqlCommands.Text(limit.Id),
                    TextOrNull(target),
                    oldest
                );
            },
            cancellation
        );

    public Task<LedgerAndCounts> SnapshotAsync(
        Limit limit,
        UsageSumQuery query,
        long fromWindow,
        CancellationToken cancellation = default
    ) =>
        database.RunTransactionAsync(
            async connection =>
            {
                await connection.RunAsync("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", cancellation);
                var counts = new Dictionary<string, CountedSum>();
                await using (
                    var command = connection.Command(
                        LimitSql.Counted,
                        PostgreSqlCommands.Text(limit.Id),
                        PostgreSqlCommands.Number(fromWindow)
                    )
                )
                await using (var reader = await command.ExecuteReaderAsync(cancellation))
                    while (await reader.ReadAsync(cancellation))
                        counts[reader.GetString(0)] = new CountedSum(Amount(reader, 1), Amount(reader, 2));
                return new LedgerAndCounts(
                    await UsageReading.SumAsync(connection, PostgreSqlDialect.Instance, query, cancellation),
                    counts
                );
            },
            cancellation
        );

    public async Task<bool> RaiseAsync(
        Limit limit,
        string target,
        CounterRaise raise,
        CancellationToken cancellation = default
    ) =>
        await UnderLockAsync(
            (connection, _) =>
                connection.RunAsync(
                    LimitSql.Raise,
                    cancellation,
                    PostgreSqlCommands.Text(limit.Id),
                    PostgreSqlCommands.Text(target),
                    PostgreSqlCommands.Number(raise.Window),
                    OneAmount(raise.By),
                    PostgreSqlCommands.Number(raise.FromWindow),
                    OneAmount(raise.Raised)
                ),
            cancellation
        ) > 0;

    public async Task<int> PruneAsync(IReadOnlyList<Limit> limits, CancellationToken cancellation = default)
    {
        var removed = 0;
        foreach (var sql in (string[])[LimitSql.PruneCounts, LimitSql.PruneGrants, LimitSql.PruneLevels])
        {
            int rows;
            do
            {
                rows = await UnderLockAsync(
                    (connection, now) =>
                        PruneAsync(
                            connection,
                            sql,
                            [.. limits.Select(limit => PrunedLimit.Of(limit, now))],
                            now,
                            cancellation
                        ),
                    cancellation
                );
                removed += rows;
            } while (rows >= PruneAtOnce);
        }

        return removed;
    }

    public Task ForgetAsync(IReadOnlyList<string> limitIds, CancellationToken cancellation = default) =>
        UnderLockAsync(
            (connection, _) => connection.RunAsync(LimitSql.Forget, cancellation, Texts(limitIds, StoredText.Of)),
            cancellation
        );

    public Task<IReadOnlyList<HolderState>> HoldersAsync(CancellationToken cancellation = default) =>
        database.RunAsync<IReadOnlyList<HolderState>>(
            async connection =>
            {
                await using var command = connection.Command(LimitSql.Holders);
                await using var reader = await command.ExecuteReaderAsync(cancellation);
                var states = new List<HolderState>();
                while (await reader.ReadAsync(cancellation))
                {
                    var id = reader.GetGuid(0);
                    if (states.Count == 0 || states[^1].Id != id)
                        states.Add(
                            new HolderState(
                                id,
                                reader.GetString(1),
                                PostgreSqlCommands.FromStored(reader.GetFieldValue<long>(2)),
                                new List<(string, string, Int128)>()
                            )
                        );
                    if (!reader.IsDBNull(3))
                        ((List<(string, string, Int128)>)states[^1].Grants).Add(
                            (reader.GetString(3), reader.GetString(4), Amount(reader, 5))
                        );
                }

                return states;
            },
            cancellation
        );

    public Task ReleaseAsync(Guid holder, CancellationToken cancellation = default) =>
        UnderLockAsync(
            (connection, _) => connection.RunAsync(LimitSql.Release, cancellation, PostgreSqlCommands.Id(holder)),
            cancellation
        );

    private static Task<int> PruneAsync(
        NpgsqlConnection connection,
        string sql,
        IReadOnlyList<PrunedLimit> limits,
        long now,
        CancellationToken cancellation
    ) =>
        connection.RunAsync(
            sql,
            cancellation,
            Texts(limits, static limit => StoredText.Of(limit.Id)),
            Numbers(limits, static limit => limit.Before),
            AmountsOrNull(limits, static limit => limit.Inflow),
            Numbers(limits, static limit => limit.ToldBefore),
            PostgreSqlCommands.Number(now),
            PostgreSqlCommands.Number(PruneAtOnce)
        );

    /// <summary>Runs work that must not interleave with an exchange.</summary>
    private Task<int> UnderLockAsync(Func<NpgsqlConnection, long, Task<int>> work, CancellationToken cancellation) =>
        database.RunTransactionAsync(
            async connection =>
                await work(connection, await LimitClock.ReadAsync(connection, LimitSql.LockAndTell, cancellation)),
            cancellation
        );
}
