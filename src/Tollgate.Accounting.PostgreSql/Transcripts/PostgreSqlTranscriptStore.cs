using Npgsql;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sql.Transcripts;
using Tollgate.Accounting.Transcripts;
using static Tollgate.Accounting.PostgreSql.Transcripts.PostgreSqlTranscriptRows;

namespace Tollgate.Accounting.PostgreSql.Transcripts;

/// <summary>A transcript log on PostgreSQL 14 or later, in its own database or beside a ledger.</summary>
public sealed class PostgreSqlTranscriptStore : ITranscriptStore
{
    private const int PurgeChunk = 5000;

    private readonly PostgreSqlDatabase _database;
    private readonly PostgreSqlMigrations _migrations;
    private readonly ServerTranscriptReader _reading;

    /// <summary>Creates a store for the database of a connection string or URL, without connecting yet.</summary>
    /// <param name="connection">As for <see cref="PostgreSqlLedgerStore"/>.</param>
    /// <exception cref="FormatException">It is invalid; the message does not contain the password.</exception>
    public PostgreSqlTranscriptStore(string connection)
    {
        var address = PostgreSqlAddress.Parse(connection);
        _database = new PostgreSqlDatabase(address, address.OpenForStore());
        _migrations = new PostgreSqlMigrations(_database, "AuditMigrations/", "tollgate_audit_schema");
        _reading = new ServerTranscriptReader(_database, PostgreSqlDialect.Instance);
    }

    /// <inheritdoc/>
    public Task<SchemaVersion> MigrateAsync(CancellationToken cancellationToken = default) =>
        _migrations.ApplyAsync(int.MaxValue, cancellationToken);

    /// <inheritdoc/>
    public Task<SchemaVersion> SchemaAsync(CancellationToken cancellationToken = default) =>
        _migrations.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public Task AppendAsync(
        IReadOnlyList<TranscriptEntry> entries,
        IReadOnlyList<DenialEntry> refusals,
        CancellationToken cancellationToken = default
    ) =>
        _database.RunTransactionAsync(
            async connection =>
            {
                await using var batch = new NpgsqlBatch(connection);
                foreach (var entry in entries)
                    batch.BatchCommands.Add(Insert(entry));
                foreach (var refusal in refusals)
                    batch.BatchCommands.Add(Insert(refusal));
                return batch.BatchCommands.Count == 0 ? 0 : await batch.ExecuteNonQueryAsync(cancellationToken);
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<TranscriptEntry>> EntriesAsync(
        TranscriptSelection selection,
        CancellationToken cancellationToken = default
    ) => _reading.ReadEntriesAsync(selection, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DenialEntry>> DenialsAsync(
        TranscriptSelection selection,
        CancellationToken cancellationToken = default
    ) => _reading.ReadDenialsAsync(selection, cancellationToken);

    /// <inheritdoc/>
    public async Task<long> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        await PurgeAsync("audit_entries", before, cancellationToken)
        + await PurgeAsync("audit_refusals", before, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<long> PurgeAsync(string table, DateTimeOffset before, CancellationToken cancellationToken)
    {
        for (long removed = 0; ;)
        {
            var some = await _database.RunTransactionAsync(
                connection =>
                    connection.RunWithoutTimeoutAsync(
                        $"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE at < $1 LIMIT {PurgeChunk})",
                        cancellationToken,
                        PostgreSqlCommands.Time(before)
                    ),
                cancellationToken
            );
            removed += some;
            if (some < PurgeChunk)
                return removed;
        }
    }
}
