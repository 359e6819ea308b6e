using Tollgate.Accounting.Stores.Sql.Registry;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sql.Ledger;

/// <summary>A ledger on a database server; a subclass for each kind of server writes and purges the records.</summary>
public abstract class ServerLedgerStore : ISqlLedgerStore
{
    private readonly ServerMigrations _migrations;
    private readonly ServerUsageReader _reader;
    private readonly ServerUserStatements _statements;

    /// <summary>Creates a store, without connecting yet.</summary>
    protected ServerLedgerStore(ServerLedgerParts parts)
    {
        (_migrations, _statements) = (parts.Migrations, parts.Statements);
        (AuditTrail, SignIns) = (parts.AuditTrail, parts.SignIns);
        _reader = new ServerUsageReader(parts.Connections, parts.Dialect);
        Registry = new ServerRegistryStore(parts.Connections, parts.Dialect, parts.Time, _migrations.ApplyAsync);
    }

    /// <inheritdoc/>
    public IRegistryStore Registry { get; }

    /// <inheritdoc/>
    public IAuditTrailStore AuditTrail { get; }

    /// <inheritdoc/>
    public ISignInStore SignIns { get; }

    /// <inheritdoc/>
    public Task<SchemaVersion> MigrateAsync(CancellationToken cancellationToken = default) =>
        _migrations.ApplyAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<SchemaVersion> SchemaAsync(CancellationToken cancellationToken = default) =>
        _migrations.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public abstract Task<int> AppendAsync(
        IReadOnlyList<UsageRecord> records,
        CancellationToken cancellationToken = default
    );

    /// <inheritdoc/>
    public Task<IReadOnlyList<UsageRecord>> FindAsync(Guid call, CancellationToken cancellationToken = default) =>
        _reader.FindAsync(call, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<UsageRecord> ReadAsync(
        UsageSelection selection,
        CancellationToken cancellationToken = default
    ) => _reader.ReadAsync(selection, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>
    /// Sums need the rollups of the current schema. The first program that needs them after an update upgrades an older
    /// ledger, or waits for another one that does.
    /// </remarks>
    public async Task<IReadOnlyList<UsageSum>> SumAsync(
        UsageSumQuery query,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            return await _reader.SumAsync(query, cancellationToken);
        }
        catch (LedgerSchemaException)
        {
            var schema = await SchemaAsync(cancellationToken);
            if (schema.Current == 0)
                throw;
            await MigrateAsync(cancellationToken);
            return await _reader.SumAsync(query, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task<long> PurgeAsync(DateTimeOffset? before, CancellationToken cancellationToken = default)
    {
        if (before is not { } start)
            return PurgeAllAsync(cancellationToken);
        UsageSlot.RequireStart(start);
        return PurgeBeforeAsync(start, cancellationToken);
    }

    /// <inheritdoc/>
    public Task SelectAsync(
        string sql,
        TimeSpan timeout,
        ISqlRowReceiver rows,
        CancellationToken cancellationToken = default
    ) => _statements.SelectAsync(sql, timeout, rows, cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Removes all records and rollups, and returns the number of records.</summary>
    protected abstract Task<long> PurgeAllAsync(CancellationToken cancellationToken);

    /// <summary>Removes the records that started before a slot, and returns their number. Rollups remain.</summary>
    protected abstract Task<long> PurgeBeforeAsync(DateTimeOffset start, CancellationToken cancellationToken);
}
