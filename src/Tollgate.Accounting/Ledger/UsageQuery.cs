using Tollgate.Accounting.InFlight;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger;

/// <summary>Reads the ledger. Each result is one consistent snapshot, and no read delays a writer.</summary>
public sealed class UsageQuery
{
    private readonly ILedgerStore _store;
    private readonly string? _stateFolder;
    private readonly ILedgerStore? _spool;
    private readonly UsageReach _reach = UsageReach.Everything;

    internal UsageQuery(ILedgerStore store, string? stateFolder, ILedgerStore? spool = null) =>
        (_store, _stateFolder, _spool) = (store, stateFolder, spool);

    /// <summary>Reads from a store directly.</summary>
    public UsageQuery(ILedgerStore store)
        : this(store, null) { }

    private UsageQuery(UsageQuery query, UsageReach reach)
        : this(query._store, query._stateFolder, query._spool) => _reach = reach;

    /// <summary>Returns the same ledger as a caller with this reach sees it.</summary>
    public UsageQuery Within(UsageReach reach) => new(this, reach);

    /// <summary>Returns the newest records by their start, newest first.</summary>
    public async Task<IReadOnlyList<UsageRecord>> TailAsync(int count, CancellationToken cancellationToken = default) =>
        await ListAsync(new UsageSelection { Limit = count }, cancellationToken);

    /// <summary>
    /// Returns the records of a selection in memory; set a limit, and continue after the last one with
    /// <see cref="UsagePosition"/>.
    /// </summary>
    public async Task<IReadOnlyList<UsageRecord>> ListAsync(
        UsageSelection selection,
        CancellationToken cancellationToken = default
    )
    {
        var records = new List<UsageRecord>();
        await foreach (var record in ReadAsync(selection, cancellationToken))
            records.Add(record);
        return records;
    }

    /// <summary>Streams the records of a selection.</summary>
    public IAsyncEnumerable<UsageRecord> ReadAsync(
        UsageSelection selection,
        CancellationToken cancellationToken = default
    ) => _store.ReadAsync(selection with { Where = _reach.Restrict(selection.Where) }, cancellationToken);

    /// <summary>Returns the attempts of one call in order; empty if the call is unknown.</summary>
    public async Task<IReadOnlyList<UsageRecord>> FindAsync(Guid call, CancellationToken cancellationToken = default)
    {
        // Records on their way to a server are already recorded. Reading the spool first and the server second never
        // misses one.
        var spooled = _spool is null ? [] : await _spool.FindAsync(call, cancellationToken);
        var stored = await _store.FindAsync(call, cancellationToken);
        return
        [
            .. stored
                .Concat(spooled)
                .DistinctBy(static record => record.Id)
                .Where(_reach.Includes)
                .OrderBy(static record => record.Id.Attempt),
        ];
    }

    /// <summary>Returns the attempts in flight of every gateway on this data folder, oldest first.</summary>
    public Task<IReadOnlyList<InFlightAttempt>> ListInFlightAttemptsAsync(
        CancellationToken cancellationToken = default
    ) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<IReadOnlyList<InFlightAttempt>>(cancellationToken)
            : Task.FromResult<IReadOnlyList<InFlightAttempt>>(
                _stateFolder is null
                    ? []
                    :
                    [
                        .. GatewayInstance
                            .ReadInFlightAttempts(_stateFolder)
                            .Where(attempt => _reach.Includes(attempt.Attribution))
                            .OrderBy(attempt => attempt.StartedAt)
                            .ThenBy(attempt => attempt.Id.Call)
                            .ThenBy(attempt => attempt.Id.Attempt),
                    ]
            );

    /// <summary>Returns the sums of a period.</summary>
    public async Task<UsageTotals> TotalsAsync(
        UsagePeriod period,
        IReadOnlyList<UsageFilter>? where = null,
        CancellationToken cancellationToken = default
    ) => (await SumAsync(new UsageSumQuery { Period = period, Where = where ?? [] }, cancellationToken))[0].Totals;

    /// <summary>Returns the sums of a period by one dimension, ranked, highest first.</summary>
    public async Task<IReadOnlyList<UsageGroup>> GroupAsync(
        UsagePeriod period,
        UsageDimension by,
        UsageRank rank = UsageRank.Cost,
        IReadOnlyList<UsageFilter>? where = null,
        CancellationToken cancellationToken = default
    )
    {
        var query = new UsageSumQuery
        {
            Period = period,
            Where = where ?? [],
            By = [by],
        };
        var sums = await SumAsync(query, cancellationToken);
        return
        [
            .. sums.Select(static sum => new UsageGroup(sum.Names[0], sum.Totals))
                .OrderByDescending(group => rank.GetValue(group.Totals))
                .ThenByDescending(static group => group.Totals.Calls)
                .ThenBy(static group => group.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Returns sums by any dimensions, in no particular order.</summary>
    public Task<IReadOnlyList<UsageSum>> SumAsync(UsageSumQuery query, CancellationToken cancellationToken = default) =>
        _store.SumAsync(query with { Where = _reach.Restrict(query.Where) }, cancellationToken);

    /// <summary>
    /// Returns sums over time, one for each bucket with usage, in order. Days, weeks and months follow the time zone,
    /// including its clock changes.
    /// </summary>
    public async Task<IReadOnlyList<UsagePoint>> SeriesAsync(
        UsagePeriod period,
        UsageBucket bucket,
        TimeZoneInfo zone,
        IReadOnlyList<UsageFilter>? where = null,
        CancellationToken cancellationToken = default
    )
    {
        var slots = await SumAsync(
            new UsageSumQuery
            {
                Period = period,
                Where = where ?? [],
                BySlot = true,
            },
            cancellationToken
        );
        return
        [
            .. slots
                .GroupBy(slot => bucket.FloorToBucket(slot.Slot!.Value, zone))
                .OrderBy(static group => group.Key)
                .Select(static group => new UsagePoint(
                    group.Key,
                    group.Aggregate(new UsageTotals(), static (sum, slot) => sum + slot.Totals)
                )),
        ];
    }

    /// <summary>
    /// Runs one read-only statement over <c>accounting_entries</c> and the store's tables, and keeps all rows in
    /// memory.
    /// </summary>
    /// <exception cref="LedgerSqlException">The database rejects the statement.</exception>
    /// <exception cref="NotSupportedException">The store does not support SQL, or the reach is limited.</exception>
    public Task<SqlResult> SelectAsync(string sql, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Sql.SelectAsync(sql, timeout, cancellationToken);

    /// <summary>Runs one read-only statement and passes its rows on one by one.</summary>
    /// <exception cref="LedgerSqlException">The database rejects the statement, or stopped it after some
    /// rows.</exception>
    /// <exception cref="NotSupportedException">The store does not support SQL, or the reach is limited.</exception>
    public Task SelectAsync(
        string sql,
        TimeSpan timeout,
        ISqlRowReceiver rows,
        CancellationToken cancellationToken = default
    ) => Sql.SelectAsync(sql, timeout, rows, cancellationToken);

    private ISqlLedgerStore Sql =>
        !_reach.IsEverything
            ? throw new NotSupportedException("A statement reads the whole ledger, but the caller's reach is limited.")
            : _store as ISqlLedgerStore
                ?? throw new NotSupportedException($"{_store.GetType().Name} does not support SQL.");
}
