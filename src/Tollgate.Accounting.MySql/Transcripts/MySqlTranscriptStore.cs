using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.MySql.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sql.Transcripts;
using Tollgate.Accounting.Transcripts;
using static Tollgate.Accounting.MySql.Transcripts.MySqlTranscriptRows;

namespace Tollgate.Accounting.MySql.Transcripts;

/// <summary>
/// A transcript log on MariaDB 10.6 or later, or MySQL 8.0.17 or later, in its own database or beside a ledger.
/// </summary>
public sealed class MySqlTranscriptStore : ITranscriptStore
{
    private const int PurgeChunk = 5000;

    private readonly MySqlDatabase _database;
    private readonly MySqlMigrations _migrations;
    private readonly ServerTranscriptReader _reading;

    /// <summary>Creates a store for the database of a connection string or URL, without connecting yet.</summary>
    /// <param name="connection">As for <see cref="MySqlLedgerStore"/>.</param>
    /// <exception cref="FormatException">It is invalid; the message does not contain the password.</exception>
    public MySqlTranscriptStore(string connection)
    {
        _database = MySqlAddress.Parse(connection).OpenForStore();
        _migrations = new MySqlMigrations(_database, "AuditMigrations/", "tollgate_audit_schema");
        _reading = new ServerTranscriptReader(_database, MySqlDialect.Instance);
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
                foreach (var entry in entries)
                    await connection.RunAsync(InsertEntry, cancellationToken, Parameters(entry));
                foreach (var refusal in refusals)
                    await connection.RunAsync(InsertDenial, cancellationToken, Parameters(refusal));
                return entries.Count + refusals.Count;
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
                        $"DELETE FROM {table} WHERE at < @p1 ORDER BY at LIMIT {PurgeChunk}",
                        cancellationToken,
                        MySqlCommands.Time(before)
                    ),
                cancellationToken
            );
            removed += some;
            if (some < PurgeChunk)
                return removed;
        }
    }
}
