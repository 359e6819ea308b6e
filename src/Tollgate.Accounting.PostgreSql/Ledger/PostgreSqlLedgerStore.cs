using System.Globalization;
using Npgsql;
using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.PostgreSql.Alerts;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.PostgreSql.Limits;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Stores.Sql.Registry;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.PostgreSql.Ledger;

/// <summary>
/// A ledger on PostgreSQL 14 or later. docs/stores.md describes its guarantees, and the permissions its login needs.
/// </summary>
public sealed class PostgreSqlLedgerStore : ISqlLedgerStore, IRollupStore, ILimitAwareLedgerStore
{
    private readonly PostgreSqlDatabase _database,
        _forUsers;
    private readonly PostgreSqlMigrations _migrations;
    private readonly UsagePartitions _partitions;
    private readonly ServerUsageReader _reading;
    private readonly PostgreSqlUsagePurge _purge;
    private readonly PostgreSqlRollupVerifier _sums;
    private readonly PostgreSqlUserStatements _statements;
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
    {
        var address = PostgreSqlAddress.Parse(connection);
        _database = new PostgreSqlDatabase(address, address.OpenForStore());
        _forUsers = new PostgreSqlDatabase(address, address.OpenForUsers());
        _migrations = new PostgreSqlMigrations(_database);
        _partitions = new UsagePartitions(_database, time);
        _reading = new ServerUsageReader(_database, PostgreSqlDialect.Instance);
        _purge = new PostgreSqlUsagePurge(_database);
        _sums = new PostgreSqlRollupVerifier(_database);
        _statements = new PostgreSqlUserStatements(_forUsers, time);
        Limits = new PostgreSqlLimitStore(_database, _migrations, _monitor);
        Alerts = new PostgreSqlAlertStore(_database, _migrations);
        Registry = new ServerRegistryStore(
            _database,
            PostgreSqlDialect.Instance,
            time,
            cancellationToken => _migrations.ApplyAsync(PostgreSqlMigrations.KnownVersion, cancellationToken)
        );
        AuditTrail = new SqlAuditTrailStore(
            _database,
            cancellationToken => _migrations.ApplyAsync(PostgreSqlMigrations.KnownVersion, cancellationToken)
        );
    }

    /// <inheritdoc/>
    public IRegistryStore Registry { get; }

    /// <inheritdoc/>
    public IAuditTrailStore AuditTrail { get; }

    /// <inheritdoc/>
    public ILimitStore Limits { get; }

    /// <inheritdoc/>
    public IAlertStore Alerts { get; }

    /// <inheritdoc/>
    public Task<SchemaVersion> MigrateAsync(CancellationToken cancellationToken = default) =>
        MigrateAsync(PostgreSqlMigrations.KnownVersion, cancellationToken);

    /// <inheritdoc/>
    public Task<SchemaVersion> SchemaAsync(CancellationToken cancellationToken = default) =>
        _migrations.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<int> AppendAsync(
        IReadOnlyList<UsageRecord> records,
        CancellationToken cancellationToken = default
    )
    {
        if (records.Count == 0)
            return 0;
        await _partitions.EnsureAsync(records, cancellationToken);
        return await _database.BookAsync(
            async connection =>
            {
                await StagingTable.FillAsync(connection, records, cancellationToken);
                await using var book = await connection.PreparedAsync(BookingSql.ReturningCount, cancellationToken);
                return Convert.ToInt32(await book.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
            },
            cancellationToken
        );
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
        return await _database.BookAsync(
            async connection =>
            {
                await StagingTable.FillAsync(connection, plain, cancellationToken);
                var fresh = await FreshAsync(connection, cancellationToken);
                var (count, charging) = (fresh.Count, new LimitCharger(_monitor));
                foreach (var booked in records)
                    if (fresh.Remove(booked.Record.Id))
                        charging.Add(booked);
                await charging.WriteAsync(connection, cancellationToken);
                return count;
            },
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<UsageRecord>> FindAsync(Guid call, CancellationToken cancellationToken = default) =>
        _reading.FindAsync(call, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<UsageRecord> ReadAsync(
        UsageSelection selection,
        CancellationToken cancellationToken = default
    ) => _reading.ReadAsync(selection, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UsageSum>> SumAsync(
        UsageSumQuery query,
        CancellationToken cancellationToken = default
    ) => await _reading.SumAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<long> PurgeAsync(DateTimeOffset? before, CancellationToken cancellationToken = default)
    {
        if (before is not { } moment)
            return _purge.AllAsync(cancellationToken);
        UsageSlot.RequireStart(moment);
        return _purge.BeforeAsync(moment, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RollupVerification>> VerifyRollupsAsync(
        bool repair,
        CancellationToken cancellationToken = default
    ) => _sums.CheckAsync(repair, cancellationToken);

    /// <inheritdoc/>
    public Task SelectAsync(
        string sql,
        TimeSpan timeout,
        ISqlRowReceiver rows,
        CancellationToken cancellationToken = default
    ) => _statements.SelectAsync(sql, timeout, rows, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
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

    /// <summary>Migrates like an earlier program version that supported only the first migrations.</summary>
    internal Task<SchemaVersion> MigrateAsync(int upTo, CancellationToken cancellationToken) =>
        _migrations.ApplyAsync(upTo, cancellationToken);
}
