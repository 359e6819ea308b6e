using Tollgate.Accounting.Transcripts;

namespace Tollgate.Accounting.Stores.Sql.Transcripts;

/// <summary>Reads a transcript log from a server.</summary>
public sealed class AuditReading(ISqlConnections connections, SqlDialect dialect)
{
    /// <inheritdoc cref="IAuditStore.EntriesAsync"/>
    public Task<IReadOnlyList<AuditEntry>> EntriesAsync(AuditSelection selection, CancellationToken cancellation) =>
        RowsAsync(
            $"SELECT {AuditRow.EntryDetails}, {(selection.WithTexts ? AuditRow.EntryTexts : "NULL, NULL")} FROM "
                + $"audit_entries",
            selection,
            AuditRow.Entry,
            cancellation
        );

    /// <inheritdoc cref="IAuditStore.RefusalsAsync"/>
    public Task<IReadOnlyList<RefusalEntry>> RefusalsAsync(AuditSelection selection, CancellationToken cancellation) =>
        RowsAsync(
            $"SELECT {AuditRow.RefusalColumns} FROM audit_refusals",
            selection with
            {
                Call = null,
            },
            AuditRow.Refusal,
            cancellation
        );

    private Task<IReadOnlyList<T>> RowsAsync<T>(
        string select,
        AuditSelection selection,
        ReadRow<T> read,
        CancellationToken cancellation
    ) =>
        connections.RunAsync<IReadOnlyList<T>>(
            async connection =>
            {
                var parameters = new SqlParameters(dialect); // For one command; the work may be retried.
                var sql =
                    $"{select} WHERE {string.Join(" AND ", Conditions(selection, parameters))} ORDER BY at DESC, id "
                    + $"DESC LIMIT {parameters.Number(selection.Limit)}";
                return await parameters.ReadAsync(connection, sql, read, cancellation);
            },
            cancellation
        );

    private static IEnumerable<string> Conditions(AuditSelection selection, SqlParameters parameters)
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
