using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.MySql.Ledger;
using Tollgate.Accounting.Stores.Sql.Transcripts;
using Tollgate.Accounting.Transcripts;
using static Tollgate.Accounting.MySql.Transcripts.MySqlTranscriptRows;

namespace Tollgate.Accounting.MySql.Transcripts;

/// <summary>
/// A transcript log on MariaDB 10.6 or later, or MySQL 8.0.17 or later, in its own database or beside a ledger.
/// </summary>
public sealed class MySqlTranscriptStore : ServerTranscriptStore
{
    private readonly MySqlDatabase _database;

    /// <summary>Creates a store for the database of a connection string or URL, without connecting yet.</summary>
    /// <param name="connection">As for <see cref="MySqlLedgerStore"/>.</param>
    /// <exception cref="FormatException">It is invalid; the message does not contain the password.</exception>
    public MySqlTranscriptStore(string connection)
        : this(MySqlAddress.Parse(connection).OpenForStore()) { }

    private MySqlTranscriptStore(MySqlDatabase database)
        : base(
            database,
            MySqlDialect.Instance,
            new MySqlMigrations(database, "TranscriptMigrations/", "tollgate_audit_schema")
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
                foreach (var entry in entries)
                    await connection.RunAsync(InsertEntry, cancellationToken, Parameters(entry));
                foreach (var refusal in refusals)
                    await connection.RunAsync(InsertDenial, cancellationToken, Parameters(refusal));
                return entries.Count + refusals.Count;
            },
            cancellationToken
        );

    /// <inheritdoc/>
    protected override ValueTask CloseAsync() => _database.DisposeAsync();

    /// <inheritdoc/>
    protected override string DeleteOldest(string table, string before, int limit) =>
        $"DELETE FROM {table} WHERE at < {before} ORDER BY at LIMIT {limit}";
}
