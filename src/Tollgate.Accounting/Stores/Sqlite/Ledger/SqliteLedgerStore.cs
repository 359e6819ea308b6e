using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Ledger.Records;
using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Stores.Sqlite.Registry;
using Tollgate.Accounting.Stores.Sqlite.Writing;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite.Ledger;

/// <summary>
/// The store in a SQLite file. One thread, started by the first write, does all writing; reading delays no writer.
/// </summary>
internal sealed class SqliteLedgerStore : ISqlLedgerStore, IRollupStore
{
    private const int PageLength = 2000;
    private const int PurgeChunk = 5000;

    private readonly LedgerOptions _options;
    private readonly Lazy<LedgerWriter> _writer;

    /// <param name="options">The options of the ledger.</param>
    /// <param name="close">Called for each single record that is written, after its commit.</param>
    /// <param name="committed">Called after each commit.</param>
    /// <param name="keepsSums">True if rollups are maintained; a spool has none.</param>
    /// <param name="spoolsCharges">True if limits are counted in the server's store.</param>
    public SqliteLedgerStore(
        LedgerOptions options,
        Action<CallId>? close = null,
        Action? committed = null,
        bool keepsSums = true,
        bool spoolsCharges = false
    )
    {
        _options = options;
        _writer = new(() =>
            new LedgerWriter(
                options,
                close ?? (static _ => { }),
                committed ?? (static () => { }),
                new WriterDuties(keepsSums, spoolsCharges, LimitsWithThresholds)
            )
        );
    }

    public LedgerWriter Writer => _writer.Value;

    /// <summary>The limits with thresholds; empty until some are put in force.</summary>
    public LimitsWithThresholds LimitsWithThresholds { get; } = new();

    public IRegistryStore Registry => new SqliteRegistryStore(_options);

    public async Task<SchemaVersion> MigrateAsync(CancellationToken cancellationToken = default)
    {
        await SqliteMigrations.ApplyAsync(_options, cancellationToken);
        return await SchemaAsync(cancellationToken);
    }

    public Task<SchemaVersion> SchemaAsync(CancellationToken cancellationToken = default) =>
        SqliteThreads.Lookups.RunAsync(
            () => new SchemaVersion(SqliteMigrations.ReadVersion(_options), SqliteMigrations.CurrentVersion),
            cancellationToken
        );

    public async Task<int> AppendAsync(
        IReadOnlyList<UsageRecord> records,
        CancellationToken cancellationToken = default
    )
    {
        foreach (var record in records)
            RecordRules.Validate(record); // First, so that a batch is booked whole or not at all.
        if (records.Count == 0)
            return 0;
        var batch = new BulkAppendWork(records);
        await Writer.RunAsync(batch);
        return batch.Booked;
    }

    public Task<IReadOnlyList<UsageRecord>> FindAsync(Guid call, CancellationToken cancellationToken = default) =>
        SqliteThreads.Lookups.ReadAsync<IReadOnlyList<UsageRecord>>(
            _options.DatabasePath,
            connection =>
                SqliteUsageReader.ReadUsage(
                    connection,
                    $"{SqliteUsageReader.SelectUsage} WHERE call_id = $call ORDER BY attempt",
                    ("$call", call.ToByteArray(bigEndian: true))
                ),
            cancellationToken
        );

    /// <summary>
    /// Reads in pages, each with its own snapshot: one long read would keep the write-ahead log from being reset.
    /// </summary>
    public async IAsyncEnumerable<UsageRecord> ReadAsync(
        UsageSelection selection,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var left = selection.IsNever ? 0 : selection.Limit ?? int.MaxValue;
        while (left > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var asked = Math.Min(left, PageLength);
            var from = selection;
            var page = await QueryAsync(
                connection => SqliteSelectionSql.ReadPage(connection, from, asked),
                cancellationToken
            );
            foreach (var record in page)
                yield return record;
            if (page.Count < asked)
                yield break;
            left -= page.Count;
            selection = selection with { After = selection.PositionOf(page[^1]) };
        }
    }

    public Task<IReadOnlyList<UsageSum>> SumAsync(UsageSumQuery query, CancellationToken cancellationToken = default) =>
        QueryAsync<IReadOnlyList<UsageSum>>(connection => ReadSums(connection, query), cancellationToken);

    /// <summary>Reads the sums on a connection, in its transaction.</summary>
    public static List<UsageSum> ReadSums(SqliteConnection connection, UsageSumQuery query)
    {
        if (query.IsNever)
            return [.. RollupRow.Aggregate([], query)];
        var terms = new SqliteFilterTerms();
        using var command = connection.CreateCommand(TotalsSql.Build(query, terms), TotalsSql.Parameters(query, terms));
        using var reader = command.ExecuteReader();
        var sums = new List<UsageSum>();
        while (reader.Read())
        {
            var row = reader.CreateCursor();
            sums.Add(row.ReadSum(query));
        }

        return sums;
    }

    public async Task<long> PurgeAsync(DateTimeOffset? before, CancellationToken cancellationToken = default)
    {
        if (before is { } moment)
            UsageSlot.RequireStart(moment);
        long removed = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var some = new PurgeBatchWork(before?.ToMicros() ?? long.MaxValue, PurgeChunk);
            await Writer.RunAsync(some);
            removed += some.Removed;
            if (some.Removed < PurgeChunk)
                break;
        }

        if (before is null)
            await Writer.RunAsync(new PurgeRollupsWork());
        return removed;
    }

    public async Task<IReadOnlyList<RollupVerification>> VerifyRollupsAsync(
        bool repair,
        CancellationToken cancellationToken = default
    )
    {
        var found = await QueryAsync(SqliteRollupCheck.Read, cancellationToken);
        if (repair && found.Any(static check => check.IncorrectRows > 0))
            await Writer.RunAsync(new RepairRollupsWork());
        return found;
    }

    public Task SelectAsync(
        string sql,
        TimeSpan timeout,
        ISqlRowReceiver rows,
        CancellationToken cancellationToken = default
    ) =>
        SqliteThreads.Queries.RunAsync(
            () => SqliteSelect.Run(_options.DatabasePath, sql, timeout, rows, cancellationToken),
            cancellationToken
        );

    public ValueTask DisposeAsync()
    {
        if (_writer.IsValueCreated)
            _writer.Value.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Reads the oldest rows of a spool, with their numbers.</summary>
    public Task<List<(long Seq, ChargedRecord Booked)>> ReadOldestAsync(
        int count,
        CancellationToken cancellationToken
    ) =>
        SqliteThreads.Lookups.ReadAsync(
            _options.DatabasePath,
            connection => SqliteUsageReader.ReadNumbered(connection, count),
            cancellationToken
        );

    /// <summary>Counts the rows of a spool that wait for the server, and the quarantined ones.</summary>
    public static (long Backlog, long Refused) CountSpooled(SqliteConnection connection)
    {
        var refused = (long)connection.Scalar("SELECT count(*) FROM usage WHERE refused_at IS NOT NULL")!;
        return ((long)connection.Scalar("SELECT count(*) FROM usage")! - refused, refused);
    }

    /// <inheritdoc cref="CountSpooled"/>
    public Task<(long Backlog, long Refused)> CountSpooledAsync(CancellationToken cancellationToken) =>
        SqliteThreads.Lookups.ReadAsync(_options.DatabasePath, CountSpooled, cancellationToken);

    /// <summary>Reads the quarantined rows of a spool, most recently rejected first.</summary>
    public Task<List<QuarantinedRecord>> ReadQuarantinedAsync(int count, CancellationToken cancellationToken) =>
        QueryAsync(connection => SqliteUsageReader.ReadQuarantined(connection, count), cancellationToken);

    private Task<T> QueryAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken) =>
        SqliteThreads.Queries.ReadAsync(_options.DatabasePath, read, cancellationToken);
}
