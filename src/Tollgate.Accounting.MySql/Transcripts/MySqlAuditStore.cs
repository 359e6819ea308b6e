using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.MySql.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sql.Transcripts;
using Tollgate.Accounting.Transcripts;
using static Tollgate.Accounting.MySql.Transcripts.AuditRows;

namespace Tollgate.Accounting.MySql.Transcripts;

/// <summary>
/// A transcript log on MariaDB 10.6 or later, or MySQL 8.0.17 or later, in its own database or beside a ledger.
/// </summary>
public sealed class MySqlAuditStore : IAuditStore
{
    private const int PurgeChunk = 5000;

    private readonly MySqlDatabase _database;
    private readonly MySqlMigrations _migrations;
    private readonly AuditReading _reading;

    /// <summary>Creates a store for the database of a connection string or URL, without connecting yet.</summary>
    /// <param name="connection">As for <see cref="MySqlLedgerStore"/>.</param>
    /// <exception cref="FormatException">It is invalid; the message does not contain the password.</exception>
    public MySqlAuditStore(string connection)
    {
        _database = MySqlAddress.Parse(connection).OpenForStore();
        _migrations = new MySqlMigrations(_database, "AuditMigrations/", "tollgate_audit_schema");
        _reading = new AuditReading(_database, MySqlDialect.Instance);
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
                foreach (var entry in entries)
                    await connection.RunAsync(InsertEntry, cancellation, Parameters(entry));
                foreach (var refusal in refusals)
                    await connection.RunAsync(InsertRefusal, cancellation, Parameters(refusal));
                return entries.Count + refusals.Count;
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
                        $"DELETE FROM {table} WHERE at < @p1 ORDER BY at LIMIT {PurgeChunk}",
                        cancellation,
                        MySqlCommands.Time(before)
                    ),
                cancellation
            );
            removed += some;
            if (some < PurgeChunk)
                return removed;
        }
    }
}
