using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.MySql.Limits;
using Tollgate.Accounting.MySql.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.MySql.Ledger;

/// <summary>
/// A ledger on MariaDB 10.6 or later, or MySQL 8.0.17 or later. docs/stores.md describes its guarantees, and the
/// permissions its login needs.
/// </summary>
public sealed class MySqlLedgerStore : ISqlLedgerStore, ISummedLedgerStore
{
    private readonly MySqlDatabase _database,
        _forUsers;
    private readonly MySqlMigrations _migrations;
    private readonly UsageReading _reading;
    private readonly UsagePurge _purge;
    private readonly SumChecking _sums;
    private readonly UserStatements _statements;
    private readonly LimitFolders _folders;

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
        _reading = new UsageReading(_database, MySqlDialect.Instance);
        _purge = new UsagePurge(_database);
        _sums = new SumChecking(_database);
        _statements = new UserStatements(_forUsers, TimeProvider.System);
        _folders = new LimitFolders(_database, _migrations);
        Directory = new MySqlDirectoryStore(_database, _migrations, TimeProvider.System);
    }

    /// <inheritdoc/>
    public IDirectoryStore Directory { get; }

    /// <inheritdoc/>
    public Task<SchemaVersion> MigrateAsync(CancellationToken cancellation = default) =>
        MigrateAsync(MySqlMigrations.KnownVersion, cancellation);

    /// <inheritdoc/>
    public Task<SchemaVersion> SchemaAsync(CancellationToken cancellation = default) =>
        _migrations.ReadAsync(cancellation);

    /// <inheritdoc/>
    public async Task<int> AppendAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellation = default)
    {
        if (records.Count == 0)
            return 0;
        var batch = new Booking(records);
        return await _database.BookAsync(connection => batch.BookAsync(connection, cancellation), cancellation);
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
    public Task<IReadOnlyList<LimitFolder>> AnnounceAsync(
        LimitFolder folder,
        CancellationToken cancellation = default
    ) => _folders.AnnounceAsync(folder, cancellation);

    /// <inheritdoc/>
    public Task WithdrawAsync(LimitFolder folder, CancellationToken cancellation = default) =>
        _folders.WithdrawAsync(folder, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _forUsers.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>Migrates like an earlier program version that supported only the first migrations.</summary>
    internal Task<SchemaVersion> MigrateAsync(int upTo, CancellationToken cancellation) =>
        _migrations.ApplyAsync(upTo, cancellation);
}
