using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.MySql.Limits;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Stores.Sql.Registry;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.MySql.Ledger;

/// <summary>
/// A ledger on MariaDB 10.6 or later, or MySQL 8.0.17 or later. docs/stores.md describes its guarantees, and the
/// permissions its login needs.
/// </summary>
public sealed class MySqlLedgerStore : ISqlLedgerStore, IRollupStore
{
    private readonly MySqlDatabase _database,
        _forUsers;
    private readonly MySqlMigrations _migrations;
    private readonly ServerUsageReader _reading;
    private readonly MySqlUsagePurge _purge;
    private readonly MySqlRollupVerifier _sums;
    private readonly MySqlUserStatements _statements;
    private readonly InstanceHeartbeats _heartbeats;

    /// <summary>Creates a store for the database of a connection string or URL, without connecting yet.</summary>
    /// <param name="connection">
    /// <c>mysql://user:password@host:port/database?sslmode=require</c>, or <c>Server=…;User
    /// ID=…;Password=…;Database=…</c>.
    /// </param>
    /// <exception cref="FormatException">It is neither; the message does not contain the password.</exception>
    public MySqlLedgerStore(string connection)
    {
        var address = MySqlAddress.Parse(connection);
        _database = address.OpenForStore();
        _forUsers = address.OpenForUsers();
        _migrations = new MySqlMigrations(_database);
        _reading = new ServerUsageReader(_database, MySqlDialect.Instance);
        _purge = new MySqlUsagePurge(_database);
        _sums = new MySqlRollupVerifier(_database);
        _statements = new MySqlUserStatements(_forUsers, TimeProvider.System);
        _heartbeats = new InstanceHeartbeats(_database, _migrations);
        Registry = new ServerRegistryStore(
            _database,
            MySqlDialect.Instance,
            TimeProvider.System,
            cancellationToken => _migrations.ApplyAsync(MySqlMigrations.KnownVersion, cancellationToken)
        );
        AuditTrail = new SqlAuditTrailStore(
            _database,
            cancellationToken => _migrations.ApplyAsync(MySqlMigrations.KnownVersion, cancellationToken),
            "INSERT IGNORE INTO",
            ""
        );
    }

    /// <inheritdoc/>
    public IRegistryStore Registry { get; }

    /// <inheritdoc/>
    public IAuditTrailStore AuditTrail { get; }

    /// <inheritdoc/>
    public Task<SchemaVersion> MigrateAsync(CancellationToken cancellationToken = default) =>
        MigrateAsync(MySqlMigrations.KnownVersion, cancellationToken);

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
        var batch = new BookingBatch(records);
        return await _database.BookAsync(
            connection => batch.BookAsync(connection, cancellationToken),
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
    public Task<IReadOnlyList<InstanceHeartbeat>> RegisterAsync(
        InstanceHeartbeat folder,
        CancellationToken cancellationToken = default
    ) => _heartbeats.RegisterAsync(folder, cancellationToken);

    /// <inheritdoc/>
    public Task UnregisterAsync(InstanceHeartbeat folder, CancellationToken cancellationToken = default) =>
        _heartbeats.UnregisterAsync(folder, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _forUsers.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>Migrates like an earlier program version that supported only the first migrations.</summary>
    internal Task<SchemaVersion> MigrateAsync(int upTo, CancellationToken cancellationToken) =>
        _migrations.ApplyAsync(upTo, cancellationToken);
}
