using Npgsql;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sql.Transcripts;
using Tollgate.Accounting.Transcripts;
using static Tollgate.Accounting.PostgreSql.Transcripts.AuditRows;

namespace Tollgate.Accounting.PostgreSql.Transcripts;

/// <summary>A transcript log on PostgreSQL 14 or later, in its own database or beside a ledger.</summary>
public sealed class PostgreSqlAuditStore : IAuditStore
{
    private const int PurgeChunk = 5000;

    private readonly PostgreSqlDatabase _database;
    private readonly PostgreSqlMigrations _migrations;
    private readonly AuditReading _reading;

    /// <summary>Creates a store for the database of a connection string or URL, without connecting yet.</summary>
    /// <param name="connection">As for <see cref="PostgreSqlLedgerStore"/>.</param>
    /// <exception cref="FormatException">It is invalid; the message does not contain the password.</exception>
    public PostgreSqlAuditStore(string connection)
    {
        var address = PostgreSqlAddress.Parse(connection);
        _database = new PostgreSqlDatabase(address, address.OpenForStore());
        _migrations = new PostgreSqlMigrations(_database, "AuditMigrations/", "tollgate_audit_schema");
        _reading = new AuditReading(_database, PostgreSqlDialect.Instance);
    }

    /// <inheritdoc/>
    public Task<SchemaVersion> MigrateAsync(CancellationToken cancellation = default) =>
        _migrations.ApplyAsync(int.MaxValue, cancellation);

    /// <inheritdoc/>
    public Task<SchemaVersion> SchemaAsync(CancellationToken cancellation = default) =>
        _migrations.ReadAsync(cancellation);

    /// <inheritdoc/>
    public Task AppendAsync(
        IReadOnlyList<AuditEntry> entries,
        IReadOnlyList<RefusalEntry> refusals,
        CancellationToken cancellation = default
    ) =>
        _database.RunTransactionAsync(
            async connection =>
            {
                await using var batch = new NpgsqlBatch(connection);
                foreach (var entry in entries)
                    batch.BatchCommands.Add(Insert(entry));
                foreach (var refusal in refusals)
                    batch.BatchCommands.Add(Insert(refusal));
                return batch.BatchCommands.Count == 0 ? 0 : await batch.ExecuteNonQueryAsync(cancellation);
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> EntriesAsync(
        AuditSelection selection,
        CancellationToken cancellation = default
    ) => _reading.EntriesAsync(selection, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RefusalEntry>> RefusalsAsync(
        AuditSelection selection,
        CancellationToken cancellation = default
    ) => _reading.RefusalsAsync(selection, cancellation);

    /// <inheritdoc/>
    public async Task<long> PurgeAsync(DateTimeOffset before, CancellationToken cancellation = default) =>
        await PurgeAsync("audit_entries", before, cancellation)
        + await PurgeAsync("audit_refusals", before, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<long> PurgeAsync(string table, DateTimeOffset before, CancellationToken cancellation)
    {
        for (long removed = 0; ;)
        {
            var some = await _database.RunTransactionAsync(
                connection =>
                    connection.RunPatientlyAsync(
                        $"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE at < $1 LIMIT {PurgeChunk})",
                        cancellation,
                        PostgreSqlCommands.Time(before)
                    ),
                cancellation
            );
            removed += some;
            if (some < PurgeChunk)
                return removed;
        }
    }
}
