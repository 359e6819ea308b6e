using MySql.Data.MySqlClient;
using Tollgate.Accounting.Audit;
using Tollgate.Accounting.Audit.Stores;
using Tollgate.Accounting.Ledger.Stores;
using static Tollgate.Accounting.MySql.Audit.AuditRows;

namespace Tollgate.Accounting.MySql.Audit;

/// <summary>An audit log on MariaDB 10.6 or later, or MySQL 8.0.17 or later, in a database of its own or beside a ledger.</summary>
public sealed class MySqlAuditStore : IAuditStore
{
    private const int PurgeChunk = 5000;

    private readonly MySqlDatabase _database;
    private readonly MySqlMigrations _migrations;

    /// <summary>A store on the database of a connection string or URL. Nothing is connected yet.</summary>
    /// <param name="connection">As of <see cref="MySqlLedgerStore"/>.</param>
    /// <exception cref="FormatException">It cannot be read; the message shows no password.</exception>
    public MySqlAuditStore(string connection)
    {
        _database = MySqlAddress.Parse(connection).OpenForStore();
        _migrations = new MySqlMigrations(_database, "AuditMigrations/", "tollgate_audit_schema");
    }

    /// <inheritdoc/>
    public Task<SchemaVersion> MigrateAsync(CancellationToken cancellation = default) => _migrations.ApplyAsync(int.MaxValue, cancellation);

    /// <inheritdoc/>
    public Task<SchemaVersion> SchemaAsync(CancellationToken cancellation = default) => _migrations.ReadAsync(cancellation);

    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<AuditEntry> entries, IReadOnlyList<RefusalEntry> refusals, CancellationToken cancellation = default) => _database.RunTransactionAsync(
        async connection =>
        {
            foreach (var entry in entries) await connection.RunAsync(InsertEntry, cancellation, Parameters(entry));
            foreach (var refusal in refusals) await connection.RunAsync(InsertRefusal, cancellation, Parameters(refusal));
            return entries.Count + refusals.Count;
        },
        cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> EntriesAsync(AuditSelection selection, CancellationToken cancellation = default) =>
        RowsAsync($"SELECT {EntryDetails}, {(selection.WithTexts ? EntryTexts : "NULL, NULL")} FROM audit_entries", selection, Entry, cancellation);

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
                connection => connection.RunPatientlyAsync($"DELETE FROM {table} WHERE at < @p1 ORDER BY at LIMIT {PurgeChunk}", cancellation, MySqlCommands.Time(before)), cancellation);
            removed += some;
            if (some < PurgeChunk) return removed;
        }
    }

    private Task<IReadOnlyList<T>> RowsAsync<T>(string select, AuditSelection selection, Func<MySqlDataReader, T> read, CancellationToken cancellation)
    {
        var conditions = new List<string> { "TRUE" };
        var parameters = new List<MySqlParameter>();
        if (selection.Period.From is { } from) Require("at >=", MySqlCommands.Time(from));
        if (selection.Period.To is { } to) Require("at <", MySqlCommands.Time(to));
        if (selection.Call is { } call) Require("call_id =", MySqlCommands.Id(call));
        if (selection.User is { } user) Require("user_name =", MySqlCommands.Text(user));
        if (selection.KeyId is { } key) Require("key_id =", MySqlCommands.Text(key));
        var sql = $"{select} WHERE {string.Join(" AND ", conditions)} ORDER BY at DESC, id DESC LIMIT {selection.Limit}";
        return _database.RunAsync<IReadOnlyList<T>>(
            async connection =>
            {
                await using var command = connection.Command(sql, [.. parameters]);
                await using var reader = (MySqlDataReader)await command.ExecuteReaderAsync(cancellation);
                var rows = new List<T>();
                while (await reader.ReadAsync(cancellation)) rows.Add(read(reader));
                return rows;
            },
            cancellation);

        void Require(string condition, MySqlParameter parameter)
        {
            parameters.Add(parameter);
            conditions.Add($"{condition} @p{parameters.Count}");
        }
    }
}
