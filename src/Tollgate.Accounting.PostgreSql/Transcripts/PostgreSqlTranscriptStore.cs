using Npgsql;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.Stores.Sql.Transcripts;
using Tollgate.Accounting.Transcripts;
using static Tollgate.Accounting.PostgreSql.Transcripts.PostgreSqlTranscriptRows;

namespace Tollgate.Accounting.PostgreSql.Transcripts;

/// <summary>A transcript log on PostgreSQL 14 or later, in its own database or beside a ledger.</summary>
public sealed class PostgreSqlTranscriptStore : ServerTranscriptStore
{
    private readonly PostgreSqlDatabase _database;

    /// <summary>Creates a store for the database of a connection string or URL, without connecting yet.</summary>
    /// <param name="connection">As for <see cref="PostgreSqlLedgerStore"/>.</param>
    /// <exception cref="FormatException">It is invalid; the message does not contain the password.</exception>
    public PostgreSqlTranscriptStore(string connection)
        : this(PostgreSqlAddress.Parse(connection)) { }

    private PostgreSqlTranscriptStore(PostgreSqlAddress address)
        : this(new PostgreSqlDatabase(address, address.OpenForStore())) { }

    private PostgreSqlTranscriptStore(PostgreSqlDatabase database)
        : base(
            database,
            PostgreSqlDialect.Instance,
            new PostgreSqlMigrations(database, "TranscriptMigrations/", "tollgate_audit_schema")
        ) => _database = database;

    /// <inheritdoc/>
    public override Task AppendAsync(
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
    protected override ValueTask CloseAsync() => _database.DisposeAsync();

    /// <inheritdoc/>
    protected override string DeleteOldest(string table, string before, int limit) =>
        $"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE at < {before} LIMIT {limit})";
}
