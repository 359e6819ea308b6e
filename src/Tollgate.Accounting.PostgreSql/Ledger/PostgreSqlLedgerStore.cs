using System.Globalization;
using Npgsql;
using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.PostgreSql.Alerts;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.PostgreSql.Limits;
using Tollgate.Accounting.PostgreSql.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.PostgreSql.Ledger;

/// <summary>
/// A ledger on PostgreSQL 14 or later. docs/stores.md describes its guarantees, and the permissions its login needs.
/// </summary>
public sealed class PostgreSqlLedgerStore : ISqlLedgerStore, ISummedLedgerStore, ILimitedLedgerStore
{
    private readonly PostgreSqlDatabase _database,
        _forUsers;
    private readonly PostgreSqlMigrations _migrations;
    private readonly UsagePartitions _partitions;
    private readonly UsageReading _reading;
    private readonly UsagePurge _purge;
    private readonly SumChecking _sums;
    private readonly UserStatements _statements;
    private readonly WatchedLimits _watched = new();

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
        _reading = new UsageReading(_database, PostgreSqlDialect.Instance);
        _purge = new UsagePurge(_database);
        _sums = new SumChecking(_database);
        _statements = new UserStatements(_forUsers, time);
        Limits = new PostgreSqlLimitStore(_database, _migrations, _watched);
        Alerts = new PostgreSqlAlertStore(_database, _migrations);
        Directory = new PostgreSqlDirectoryStore(_database, _migrations, time);
    }

    /// <inheritdoc/>
    public IDirectoryStore Directory { get; }

    /// <inheritdoc/>
    public ILimitStore Limits { get; }

    /// <inheritdoc/>
    public IAlertStore Alerts { get; }

    /// <inheritdoc/>
    public Task<SchemaVersion> MigrateAsync(CancellationToken cancellation = default) =>
        MigrateAsync(PostgreSqlMigrations.KnownVersion, cancellation);

    /// <inheritdoc/>
    public Task<SchemaVersion> SchemaAsync(CancellationToken cancellation = default) =>
        _migrations.ReadAsync(cancellation);

    /// <inheritdoc/>
    public async Task<int> AppendAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellation = default)
    {
        if (records.Count == 0)
            return 0;
        await _partitions.EnsureAsync(records, cancellation);
        return await _database.BookAsync(
            async connection =>
            {
                await StagingTable.FillAsync(connection, records, cancellation);
                await using var book = await connection.PreparedAsync(BookSql.AndCount, cancellation);
                return Convert.ToInt32(await book.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
            },
            cancellation
        );
    }

    /// <inheritdoc/>
    public async Task<int> AppendAsync(IReadOnlyList<BookedUsage> records, CancellationToken cancellation = default)
    {
        if (records.Count == 0)
            return 0;
        var plain = records.Select(static booked => booked.Record).ToList();
        if (records.All(static booked => booked.Charges is null))
            return await AppendAsync(plain, cancellation);
        await _partitions.EnsureAsync(plain, cancellation);
        return await _database.BookAsync(
            async connection =>
            {
                await StagingTable.FillAsync(connection, plain, cancellation);
                var fresh = await FreshAsync(connection, cancellation);
                var (count, charging) = (fresh.Count, new LimitCharging(_watched));
                foreach (var booked in records)
                    if (fresh.Remove(booked.Record.Id))
                        charging.Add(booked);
                await charging.WriteAsync(connection, cancellation);
                return count;
            },
            cancellation
        );
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<UsageRecord>> FindAsync(Guid call, CancellationToken cancellation = default) =>
        _reading.FindAsync(call, cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<UsageRecord> ReadAsync(
        UsageSelection selection,
        CancellationToken cancellation = default
    ) => _reading.ReadAsync(selection, cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UsageSum>> SumAsync(
        UsageSumQuery query,
        CancellationToken cancellation = default
    ) => await _reading.SumAsync(query, cancellation);

    /// <inheritdoc/>
    public Task<long> PurgeAsync(DateTimeOffset? before, CancellationToken cancellation = default)
    {
        if (before is not { } moment)
            return _purge.AllAsync(cancellation);
        UsageSlot.RequireStart(moment);
        return _purge.BeforeAsync(moment, cancellation);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SumCheck>> CheckSumsAsync(bool repair, CancellationToken cancellation = default) =>
        _sums.CheckAsync(repair, cancellation);

    /// <inheritdoc/>
    public Task SelectAsync(string sql, TimeSpan timeout, ISqlRows rows, CancellationToken cancellation = default) =>
        _statements.SelectAsync(sql, timeout, rows, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _forUsers.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task<HashSet<CallId>> FreshAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = await connection.PreparedAsync(BookSql.AndName, cancellation);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var fresh = new HashSet<CallId>();
        while (await reader.ReadAsync(cancellation))
            fresh.Add(new CallId(reader.GetGuid(0), reader.GetInt32(1)));
        return fresh;
    }

    /// <summary>Migrates like an earlier program version that supported only the first migrations.</summary>
    internal Task<SchemaVersion> MigrateAsync(int upTo, CancellationToken cancellation) =>
        _migrations.ApplyAsync(upTo, cancellation);
}
