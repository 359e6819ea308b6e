using Npgsql;
using Tollgate.Accounting.Audit;
using Tollgate.Accounting.Audit.Stores;
using Tollgate.Accounting.Ledger.Stores;
using static Tollgate.Accounting.PostgreSql.Audit.AuditRows;

namespace Tollgate.Accounting.PostgreSql.Audit;

/// <summary>An audit log on PostgreSQL 14 or later, in a database of its own or beside a ledger.</summary>
public sealed class PostgreSqlAuditStore : IAuditStore
{
    private const int PurgeChunk = 5000;

    private readonly PostgreSqlDatabase _database;
    private readonly PostgreSqlMigrations _migrations;

    /// <summary>A store on the database of a connection string or URL. Nothing is connected yet.</summary>
    /// <param name="connection">As of <see cref="PostgreSqlLedgerStore"/>.</param>
    /// <exception cref="FormatException">It cannot be read; the message shows no password.</exception>
    public PostgreSqlAuditStore(string connection)
    {
        var address = PostgreSqlAddress.Parse(connection);
        _database = new PostgreSqlDatabase(address, address.OpenForStore());
        _migrations = new PostgreSqlMigrations(_database, "AuditMigrations/", "tollgate_audit_schema");
    }

    /// <inheritdoc/>
    public Task<SchemaVersion> MigrateAsync(CancellationToken cancellation = default) => _migrations.ApplyAsync(int.MaxValue, cancellation);

    /// <inheritdoc/>
    public Task<SchemaVersion> SchemaAsync(CancellationToken cancellation = default) => _migrations.ReadAsync(cancellation);

    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<AuditEntry> entries, IReadOnlyList<RefusalEntry> refusals, CancellationToken cancellation = default) => _database.RunTransactionAsync(
        async connection =>
        {
            await using var batch = new NpgsqlBatch(connection);
            foreach (var entry in entries) batch.BatchCommands.Add(Insert(entry));
            foreach (var refusal in refusals) batch.BatchCommands.Add(Insert(refusal));
            return batch.BatchCommands.Count == 0 ? 0 : await batch.ExecuteNonQueryAsync(cancellation);
        },
        cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> EntriesAsync(AuditSelection selection, CancellationToken cancellation = default) =>
        RowsAsync($"SELECT {EntryDetails}, {(selection.WithTexts ? EntryTexts : "NULL::text, NULL::text")} FROM audit_entries", selection, Entry, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RefusalEntry>> RefusalsAsync(AuditSelection selection, CancellationToken cancellation = default) =>
        RowsAsync($"SELECT {RefusalColumns} FROM audit_refusals", selection with { Call = null }, Refusal, cancellation);

    /// <inheritdoc/>
    public async Task<long> PurgeAsync(DateTimeOffset before, CancellationToken cancellation = default) =>
        await PurgeAsync("audit_entries", before, cancellation) + await PurgeAsync("audit_refusals", before, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<long> PurgeAsync(string table, DateTimeOffset before, CancellationToken cancellation)
    {
        for (long removed = 0; ;)
        {
            var some = await _database.RunTransactionAsync(
                connection => connection.RunPatientlyAsync(
                    $"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE at < $1 LIMIT {PurgeChunk})", cancellation, PostgreSqlCommands.Time(before)),
                cancellation);
            removed += some;
            if (some < PurgeChunk) return removed;
        }
    }

    private Task<IReadOnlyList<T>> RowsAsync<T>(string select, AuditSelection selection, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        var conditions = new List<string> { "TRUE" };
        var parameters = new List<NpgsqlParameter>();
        if (selection.Period.From is { } from) Require("at >=", PostgreSqlCommands.Time(from));
        if (selection.Period.To is { } to) Require("at <", PostgreSqlCommands.Time(to));
        if (selection.Call is { } call) Require("call_id =", PostgreSqlCommands.Id(call));
        if (selection.User is { } user) Require("user_name =", PostgreSqlCommands.Text(user));
        if (selection.KeyId is { } key) Require("key_id =", PostgreSqlCommands.Text(key));
        var sql = $"{select} WHERE {string.Join(" AND ", conditions)} ORDER BY at DESC, id DESC LIMIT {selection.Limit}";
        return _database.RunAsync<IReadOnlyList<T>>(
            async connection =>
            {
                await using var command = connection.Command(sql, [.. parameters]);
                await using var reader = await command.ExecuteReaderAsync(cancellation);
                var rows = new List<T>();
                while (await reader.ReadAsync(cancellation)) rows.Add(read(reader));
                return rows;
            },
            cancellation);

        void Require(string condition, NpgsqlParameter parameter)
        {
            parameters.Add(parameter);
            conditions.Add($"{condition} ${parameters.Count}");
        }
    }
}
