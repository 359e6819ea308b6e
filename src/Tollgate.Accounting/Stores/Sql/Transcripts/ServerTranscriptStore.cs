using Tollgate.Accounting.Time;
using Tollgate.Accounting.Transcripts;

namespace Tollgate.Accounting.Stores.Sql.Transcripts;

/// <summary>A transcript log on a server.</summary>
public abstract class ServerTranscriptStore : ITranscriptStore
{
    private const int PurgeChunk = 5000;

    private readonly ISqlConnections _connections;
    private readonly SqlDialect _dialect;
    private readonly ServerMigrations _migrations;
    private readonly ServerTranscriptReader _reading;

    /// <summary>Creates a store without connecting yet.</summary>
    protected ServerTranscriptStore(ISqlConnections connections, SqlDialect dialect, ServerMigrations migrations) =>
        (_connections, _dialect, _migrations, _reading) = (
            connections,
            dialect,
            migrations,
            new ServerTranscriptReader(connections, dialect)
        );

    /// <inheritdoc/>
    public Task<SchemaVersion> MigrateAsync(CancellationToken cancellationToken = default) =>
        _migrations.ApplyAsync(int.MaxValue, cancellationToken);

    /// <inheritdoc/>
    public Task<SchemaVersion> SchemaAsync(CancellationToken cancellationToken = default) =>
        _migrations.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public abstract Task AppendAsync(
        IReadOnlyList<TranscriptEntry> entries,
        IReadOnlyList<DenialEntry> refusals,
        CancellationToken cancellationToken = default
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
        await PurgeAsync("transcript_entries", before, cancellationToken)
        + await PurgeAsync("transcript_denials", before, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await CloseAsync();
    }

    /// <summary>Closes the connections.</summary>
    protected abstract ValueTask CloseAsync();

    /// <summary>Returns the statement that deletes up to a number of rows before a time.</summary>
    /// <param name="table">The table.</param>
    /// <param name="before">The placeholder of the time.</param>
    /// <param name="limit">The maximum number of rows.</param>
    protected abstract string DeleteOldest(string table, string before, int limit);

    /// <summary>Deletes in chunks, each its own transaction.</summary>
    private async Task<long> PurgeAsync(string table, DateTimeOffset before, CancellationToken cancellationToken)
    {
        for (long removed = 0; ;)
        {
            var some = await _connections.RunTransactionAsync(
                async connection =>
                {
                    await using var command = connection.CreateCommand();
                    var time = _dialect.Time(before.ToMicros());
                    command.CommandText = DeleteOldest(table, _dialect.Placeholder(time, 1), PurgeChunk);
                    command.CommandTimeout = 0;
                    command.Parameters.Add(time);
                    return await command.ExecuteNonQueryAsync(cancellationToken);
                },
                cancellationToken
            );
            removed += some;
            if (some < PurgeChunk)
                return removed;
        }
    }
}
