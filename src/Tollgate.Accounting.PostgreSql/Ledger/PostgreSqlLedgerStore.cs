using System.Globalization;
using Npgsql;
using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.PostgreSql.Alerts;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.PostgreSql.Limits;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Stores.Sql.Ledger;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.PostgreSql.Ledger;

/// <summary>
/// A ledger on PostgreSQL 14 or later. docs/stores.md describes its guarantees, and the permissions its login needs.
/// </summary>
public sealed class PostgreSqlLedgerStore : ServerLedgerStore, IRollupStore, ILimitAwareLedgerStore
{
    private readonly PostgreSqlDatabase _database,
        _forUsers;
    private readonly PostgreSqlMigrations _migrations;
    private readonly UsagePartitions _partitions;
    private readonly PostgreSqlUsagePurge _purge;
    private readonly BlockFold _fold;
    private readonly PostgreSqlRollupVerifier _sums;
    private readonly LimitsWithThresholds _monitor = new();

    /// <summary>Creates a store for the database of a connection string or URL, without connecting yet.</summary>
    /// <param name="connection">
    /// <c>postgres://user:password@host:port/database?sslmode=require</c>, or
    /// <c>Host=…;Username=…;Password=…;Database=…</c>.
    /// </param>
    /// <exception cref="FormatException">It is neither; the message does not contain the password.</exception>
    public PostgreSqlLedgerStore(string connection)
        : this(connection, TimeProvider.System) { }

    internal PostgreSqlLedgerStore(string connection, TimeProvider time)
        : this(PostgreSqlAddress.Parse(connection), time) { }

    private PostgreSqlLedgerStore(PostgreSqlAddress address, TimeProvider time)
        : this(
            new PostgreSqlDatabase(address, address.OpenForStore()),
            new PostgreSqlDatabase(address, address.OpenForUsers()),
            time
        )
    { }

    private PostgreSqlLedgerStore(PostgreSqlDatabase database, PostgreSqlDatabase forUsers, TimeProvider time)
        : this(database, forUsers, new PostgreSqlMigrations(database), time) { }

    private PostgreSqlLedgerStore(
        PostgreSqlDatabase database,
        PostgreSqlDatabase forUsers,
        PostgreSqlMigrations migrations,
        TimeProvider time
    )
        : base(
            new ServerLedgerParts
            {
                Connections = database,
                Dialect = PostgreSqlDialect.Instance,
                Migrations = migrations,
                Statements = new PostgreSqlUserStatements(forUsers, time),
                AuditTrail = new SqlAuditTrailStore(database, migrations.ApplyAsync),
                SignIns = new SqlSignInStore(database, migrations.ApplyAsync),
                Time = time,
            }
        )
    {
        (_database, _forUsers, _migrations) = (database, forUsers, migrations);
        _partitions = new UsagePartitions(_database, time);
        _purge = new PostgreSqlUsagePurge(_database);
        _fold = new BlockFold(_database, time);
        _sums = new PostgreSqlRollupVerifier(_database);
        Limits = new PostgreSqlLimitStore(_database, _migrations, _monitor);
        Alerts = new PostgreSqlAlertStore(_database, _migrations);
    }

    /// <inheritdoc/>
    public ILimitStore Limits { get; }

    /// <inheritdoc/>
    public IAlertStore Alerts { get; }

    /// <inheritdoc/>
    public override async Task<int> AppendAsync(
        IReadOnlyList<UsageRecord> records,
        CancellationToken cancellationToken = default
    )
    {
        if (records.Count == 0)
            return 0;
        await _partitions.EnsureAsync(records, cancellationToken);
        var booked = await _database.BookAsync(
            async connection =>
            {
                await StagingTable.FillAsync(connection, records, cancellationToken);
                await using var book = await connection.PreparedAsync(BookingSql.ReturningCount, cancellationToken);
                return Convert.ToInt32(await book.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
            },
            cancellationToken
        );
        await _fold.RunAsync(cancellationToken);
        return booked;
    }

    /// <inheritdoc/>
    public async Task<int> AppendAsync(
        IReadOnlyList<ChargedRecord> records,
        CancellationToken cancellationToken = default
    )
    {
        if (records.Count == 0)
            return 0;
        var plain = records.Select(static booked => booked.Record).ToList();
        if (records.All(static booked => booked.Charges is null))
            return await AppendAsync(plain, cancellationToken);
        await _partitions.EnsureAsync(plain, cancellationToken);
        var fresh = await _database.BookAsync(
            async connection =>
            {
                await StagingTable.FillAsync(connection, plain, cancellationToken);
                var ids = await FreshAsync(connection, cancellationToken);
                var (count, charging) = (ids.Count, new LimitCharger(_monitor));
                foreach (var booked in records)
                    if (ids.Remove(booked.Record.Id))
                        charging.Add(booked);
                await charging.WriteAsync(connection, cancellationToken);
                return count;
            },
            cancellationToken
        );
        await _fold.RunAsync(cancellationToken);
        return fresh;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RollupVerification>> VerifyRollupsAsync(
        bool repair,
        CancellationToken cancellationToken = default
    ) => _sums.CheckAsync(repair, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _forUsers.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task<HashSet<CallId>> FreshAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = await connection.PreparedAsync(BookingSql.ReturningIds, cancellationToken);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var fresh = new HashSet<CallId>();
        while (await reader.ReadAsync(cancellationToken))
            fresh.Add(new CallId(reader.GetGuid(0), reader.GetInt32(1)));
        return fresh;
    }

    /// <inheritdoc/>
    protected override Task<long> PurgeAllAsync(CancellationToken cancellationToken) =>
        _purge.AllAsync(cancellationToken);

    /// <inheritdoc/>
    protected override Task<long> PurgeBeforeAsync(DateTimeOffset start, CancellationToken cancellationToken) =>
        _purge.BeforeAsync(start, cancellationToken);

    /// <summary>Migrates like an earlier program version that supported only the first migrations.</summary>
    internal Task<SchemaVersion> MigrateAsync(int upTo, CancellationToken cancellationToken) =>
        _migrations.ApplyAsync(upTo, cancellationToken);
}
