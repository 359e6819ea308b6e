using Tollgate.Accounting.Transcripts;

namespace Tollgate.Accounting.Stores.Sql.Transcripts;

/// <summary>Reads a transcript log from a server.</summary>
public sealed class ServerTranscriptReader(ISqlConnections connections, SqlDialect dialect)
{
    /// <inheritdoc cref="ITranscriptStore.EntriesAsync"/>
    public Task<IReadOnlyList<TranscriptEntry>> ReadEntriesAsync(
        TranscriptSelection selection,
        CancellationToken cancellationToken
    ) =>
        ReadRowsAsync(
            $"SELECT {TranscriptRow.EntryDetails}, {(selection.WithTexts ? TranscriptRow.EntryTexts : "NULL, NULL")} "
                + $"FROM "
                + $"transcript_entries",
            selection,
            TranscriptRow.ReadEntry,
            cancellationToken
        );

    /// <inheritdoc cref="ITranscriptStore.DenialsAsync"/>
    public Task<IReadOnlyList<DenialEntry>> ReadDenialsAsync(
        TranscriptSelection selection,
        CancellationToken cancellationToken
    ) =>
        ReadRowsAsync(
            $"SELECT {TranscriptRow.DenialColumns} FROM transcript_denials",
            selection with
            {
                Call = null,
            },
            TranscriptRow.ReadDenial,
            cancellationToken
        );

    private Task<IReadOnlyList<T>> ReadRowsAsync<T>(
        string select,
        TranscriptSelection selection,
        ReadRow<T> read,
        CancellationToken cancellationToken
    ) =>
        connections.RunAsync<IReadOnlyList<T>>(
            async connection =>
            {
                var parameters = new SqlParameters(dialect); // For one command; the work may be retried.
                var sql =
                    $"{select} WHERE {string.Join(" AND ", Conditions(selection, parameters))} ORDER BY at DESC, id "
                    + $"DESC LIMIT {parameters.Number(selection.Limit)}";
                return await parameters.ReadAsync(connection, sql, read, cancellationToken);
            },
            cancellationToken
        );

    private static IEnumerable<string> Conditions(TranscriptSelection selection, SqlParameters parameters)
    {
        yield return "true";
        if (selection.Period.From is { } from)
            yield return $"at >= {parameters.Time(from)}";
        if (selection.Period.To is { } to)
            yield return $"at < {parameters.Time(to)}";
        if (selection.Call is { } call)
            yield return $"call_id = {parameters.Id(call)}";
        if (selection.User is { } user)
            yield return $"user_name = {parameters.Text(user)}";
        if (selection.KeyId is { } key)
            yield return $"key_id = {parameters.Text(key)}";
    }
}
