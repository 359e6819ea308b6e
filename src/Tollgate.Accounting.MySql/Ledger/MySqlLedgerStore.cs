using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.MySql.Limits;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Stores.Sql.Ledger;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.MySql.Ledger;

/// <summary>
/// A ledger on MariaDB 10.6 or later, or MySQL 8.0.17 or later. docs/stores.md describes its guarantees, and the
/// permissions its login needs.
/// </summary>
public sealed class MySqlLedgerStore : ServerLedgerStore, IRollupStore
{
    private readonly MySqlDatabase _database,
        _forUsers;
    private readonly MySqlMigrations _migrations;
    private readonly MySqlUsagePurge _purge;
    private readonly MySqlRollupVerifier _sums;
    private readonly InstanceHeartbeats _heartbeats;

    /// <summary>Creates a store for the database of a connection string or URL, without connecting yet.</summary>
    /// <param name="connection">
    /// <c>mysql://user:password@host:port/database?sslmode=require</c>, or <c>Server=…;User
    /// ID=…;Password=…;Database=…</c>.
    /// </param>
    /// <exception cref="FormatException">It is neither; the message does not contain the password.</exception>
    public MySqlLedgerStore(string connection)
        : this(MySqlAddress.Parse(connection)) { }

    private MySqlLedgerStore(MySqlAddress address)
        : this(address.OpenForStore(), address.OpenForUsers()) { }

    private MySqlLedgerStore(MySqlDatabase database, MySqlDatabase forUsers)
        : this(database, forUsers, new MySqlMigrations(database)) { }

    private MySqlLedgerStore(MySqlDatabase database, MySqlDatabase forUsers, MySqlMigrations migrations)
        : base(
            new ServerLedgerParts
            {
                Connections = database,
                Dialect = MySqlDialect.Instance,
                Migrations = migrations,
                Statements = new MySqlUserStatements(forUsers, TimeProvider.System),
                AuditTrail = new SqlAuditTrailStore(database, migrations.ApplyAsync, "INSERT IGNORE INTO", ""),
                SignIns = new SqlSignInStore(database, migrations.ApplyAsync, "INSERT IGNORE INTO", ""),
                Time = TimeProvider.System,
            }
        )
    {
        (_database, _forUsers, _migrations) = (database, forUsers, migrations);
        _purge = new MySqlUsagePurge(_database);
        _sums = new MySqlRollupVerifier(_database);
        _heartbeats = new InstanceHeartbeats(_database, _migrations);
    }

    /// <inheritdoc/>
    public override async Task<int> AppendAsync(
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
    public Task<IReadOnlyList<RollupVerification>> VerifyRollupsAsync(
        bool repair,
        CancellationToken cancellationToken = default
    ) => _sums.CheckAsync(repair, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<InstanceHeartbeat>> RegisterAsync(
        InstanceHeartbeat folder,
        CancellationToken cancellationToken = default
    ) => _heartbeats.RegisterAsync(folder, cancellationToken);

    /// <inheritdoc/>
    public Task UnregisterAsync(InstanceHeartbeat folder, CancellationToken cancellationToken = default) =>
        _heartbeats.UnregisterAsync(folder, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _forUsers.DisposeAsync();
        await _database.DisposeAsync();
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
