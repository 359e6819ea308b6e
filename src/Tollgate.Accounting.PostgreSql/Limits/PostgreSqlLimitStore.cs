using Npgsql;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Time;
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
    LimitsWithThresholds watched
) : ILimitStore
{
    /// <summary>Calls wait for an exchange: a server that does not respond must not delay them for long.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Exchanges wait meanwhile, and calls may wait for those.</summary>
    private const int PruneBatchSize = 5_000;

    private volatile bool _isMigrated;

    public async Task<LeaseResponse> ExchangeAsync(
        LeaseHolder holder,
        IReadOnlyList<LeaseRequest> orders,
        CancellationToken cancellationToken = default
    )
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            if (!_isMigrated)
                await migrations.ApplyAsync(PostgreSqlMigrations.KnownVersion, timeout.Token);
            _isMigrated = true;
            return await database.RunTransactionAsync(
                connection => LeaseExchange.RunAsync(connection, holder, orders, timeout.Token),
                timeout.Token
            );
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LedgerUnavailableException(
                $"{database} did not respond within {Timeout.TotalSeconds:0} seconds.",
                failure
            );
        }
    }

    public void SetMonitored(IReadOnlyList<Limit> limits) => watched.Use(limits);

    public Task BackfillAlertsAsync(IReadOnlyList<Limit> limits, CancellationToken cancellationToken = default)
    {
        var counted = limits
            .Where(static limit => ThresholdLevel.HasThresholds(limit) && limit.Window is not BucketWindow)
            .ToList();
        return limits.Count == 0
            ? Task.CompletedTask
            : database.RunTransactionAsync(
                async connection =>
                {
                    await MissedWindows.BackfillAsync(connection, limits, cancellationToken);
                    if (counted.Count > 0)
                        await ThresholdBackfill.RunAsync(connection, counted, cancellationToken);
                    return 0;
                },
                cancellationToken
            );
    }

    public Task<IReadOnlyList<LimitCount>> ReadAsync(
        IReadOnlyList<Limit> limits,
        CancellationToken cancellationToken = default
    ) =>
        database.RunAsync(
            connection => CounterReader.ReadAsync(connection, limits, cancellationToken),
            cancellationToken
        );

    public Task ResetAsync(Limit limit, string? target, CancellationToken cancellationToken = default) =>
        UnderLockAsync(
            async (connection, now) =>
            {
                var period = limit.Window is BucketWindow bucket
                    ? bucket.Period.Ticks / TimeSpan.TicksPerMicrosecond
                    : 0;
                var oldest = PostgreSqlCommands.Number(LeaseAllocator.WindowsAt(limit, now).OldestBooked);
                await connection.RunAsync(
                    LimitSql.Forgive,
                    cancellationToken,
                    PostgreSqlCommands.Text(limit.Id),
                    TextOrNull(target),
                    oldest,
                    PostgreSqlCommands.Number(period)
                );
                return await connection.RunAsync(
                    LimitSql.RearmThresholds,
                    cancellationToken,
                    PostgreSqlCommands.Text(limit.Id),
                    TextOrNull(target),
                    oldest
                );
            },
            cancellationToken
        );

    public Task<ReconciliationSnapshot> SnapshotAsync(
        Limit limit,
        UsageSumQuery query,
        long fromWindow,
        CancellationToken cancellationToken = default
    ) =>
        database.RunTransactionAsync(
            async connection =>
            {
                await connection.RunAsync(
                    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
                    cancellationToken
                );
                var counts = new Dictionary<string, CounterTotals>();
                await using (
                    var command = connection.CreateCommand(
                        LimitSql.ReadTotals,
                        PostgreSqlCommands.Text(limit.Id),
                        PostgreSqlCommands.Number(fromWindow)
                    )
                )
                await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
                    while (await reader.ReadAsync(cancellationToken))
                        counts[reader.GetString(0)] = new CounterTotals(ReadAmount(reader, 1), ReadAmount(reader, 2));
                return new ReconciliationSnapshot(
                    await ServerUsageReader.SumAsync(connection, PostgreSqlDialect.Instance, query, cancellationToken),
                    counts
                );
            },
            cancellationToken
        );

    public async Task<bool> AdjustAsync(
        Limit limit,
        string target,
        CounterAdjustment raise,
        CancellationToken cancellationToken = default
    ) =>
        await UnderLockAsync(
            (connection, _) =>
                connection.RunAsync(
                    LimitSql.Adjust,
                    cancellationToken,
                    PostgreSqlCommands.Text(limit.Id),
                    PostgreSqlCommands.Text(target),
                    PostgreSqlCommands.Number(raise.Window),
                    SingleAmount(raise.By),
                    PostgreSqlCommands.Number(raise.FromWindow),
                    SingleAmount(raise.AdjustedBefore)
                ),
            cancellationToken
        ) > 0;

    public async Task<int> PruneAsync(IReadOnlyList<Limit> limits, CancellationToken cancellationToken = default)
    {
        var removed = 0;
        foreach (var sql in (string[])[LimitSql.PruneCounts, LimitSql.PruneLeases, LimitSql.PruneLevels])
        {
            int rows;
            do
            {
                rows = await UnderLockAsync(
                    (connection, now) =>
                        PruneAsync(
                            connection,
                            sql,
                            [.. limits.Select(limit => PruneCriteria.ForLimit(limit, now))],
                            now,
                            cancellationToken
                        ),
                    cancellationToken
                );
                removed += rows;
            } while (rows >= PruneBatchSize);
        }

        return removed;
    }

    public Task DeleteAsync(IReadOnlyList<string> limitIds, CancellationToken cancellationToken = default) =>
        UnderLockAsync(
            (connection, _) =>
                connection.RunAsync(
                    LimitSql.Delete,
                    cancellationToken,
                    Texts(limitIds, PostgreSqlStoredText.Normalize)
                ),
            cancellationToken
        );

    public Task<IReadOnlyList<HeldLeases>> ListHoldersAsync(CancellationToken cancellationToken = default) =>
        database.RunAsync<IReadOnlyList<HeldLeases>>(
            async connection =>
            {
                await using var command = connection.CreateCommand(LimitSql.Holders);
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                var states = new List<HeldLeases>();
                while (await reader.ReadAsync(cancellationToken))
                {
                    var id = reader.GetGuid(0);
                    if (states.Count == 0 || states[^1].Id != id)
                        states.Add(
                            new HeldLeases(
                                id,
                                reader.GetString(1),
                                PostgreSqlCommands.FromStored(reader.GetFieldValue<long>(2)),
                                new List<(string, string, Int128)>()
                            )
                        );
                    if (!reader.IsDBNull(3))
                        ((List<(string, string, Int128)>)states[^1].Leases).Add(
                            (reader.GetString(3), reader.GetString(4), ReadAmount(reader, 5))
                        );
                }

                return states;
            },
            cancellationToken
        );

    public Task ReleaseAsync(Guid holder, CancellationToken cancellationToken = default) =>
        UnderLockAsync(
            (connection, _) => connection.RunAsync(LimitSql.Release, cancellationToken, PostgreSqlCommands.Id(holder)),
            cancellationToken
        );

    private static Task<int> PruneAsync(
        NpgsqlConnection connection,
        string sql,
        IReadOnlyList<PruneCriteria> limits,
        UnixMicros now,
        CancellationToken cancellationToken
    ) =>
        connection.RunAsync(
            sql,
            cancellationToken,
            Texts(limits, static limit => PostgreSqlStoredText.Normalize(limit.Id)),
            Numbers(limits, static limit => limit.Before),
            AmountsOrNull(limits, static limit => limit.RefillRate),
            Numbers(limits, static limit => limit.NotifiedBefore),
            PostgreSqlCommands.Number(now.Value),
            PostgreSqlCommands.Number(PruneBatchSize)
        );

    /// <summary>Runs work that must not interleave with an exchange.</summary>
    private Task<int> UnderLockAsync(
        Func<NpgsqlConnection, UnixMicros, Task<int>> work,
        CancellationToken cancellationToken
    ) =>
        database.RunTransactionAsync(
            async connection =>
                await work(
                    connection,
                    await LimitClock.ReadAsync(connection, LimitSql.LockAndReadClock, cancellationToken)
                ),
            cancellationToken
        );
}
