using Tollgate.Accounting.InFlight;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger;

/// <summary>Reads the ledger. Each answer is one consistent snapshot, and no reading delays a writer.</summary>
public sealed class UsageQuery
{
    private readonly ILedgerStore _store;
    private readonly string? _stateFolder;
    private readonly ILedgerStore? _spool;

    internal UsageQuery(ILedgerStore store, string? stateFolder, ILedgerStore? spool = null) =>
        (_store, _stateFolder, _spool) = (store, stateFolder, spool);

    /// <summary>Reads a store directly.</summary>
    public UsageQuery(ILedgerStore store)
        : this(store, null) { }

    /// <summary>The newest records by their start, the newest first.</summary>
    public async Task<IReadOnlyList<UsageRecord>> TailAsync(int count, CancellationToken cancellation = default) =>
        await ListAsync(new UsageSelection { Limit = count }, cancellation);

    /// <summary>
    /// The records of a selection in memory; give it a limit, and go on behind the last one by
    /// <see cref="UsagePosition"/>.
    /// </summary>
    public async Task<IReadOnlyList<UsageRecord>> ListAsync(
        UsageSelection selection,
        CancellationToken cancellation = default
    )
    {
        var records = new List<UsageRecord>();
        await foreach (var record in _store.ReadAsync(selection, cancellation))
            records.Add(record);
        return records;
    }

    /// <summary>The records of a selection as a stream.</summary>
    public IAsyncEnumerable<UsageRecord> ReadAsync(
        UsageSelection selection,
        CancellationToken cancellation = default
    ) => _store.ReadAsync(selection, cancellation);

    /// <summary>The attempts of one call, the first one first; none where the call is unknown.</summary>
    public async Task<IReadOnlyList<UsageRecord>> FindAsync(Guid call, CancellationToken cancellation = default)
    {
        // What is on its way to a server is booked already. First here, then there: on its way it is never in neither.
        var spooled = _spool is null ? [] : await _spool.FindAsync(call, cancellation);
        var stored = await _store.FindAsync(call, cancellation);
        return spooled.Count == 0
            ? stored
            :
            [
                .. stored
                    .Concat(spooled)
                    .DistinctBy(static record => record.Id)
                    .OrderBy(static record => record.Id.Attempt),
            ];
    }

    /// <summary>The attempts under way, of every gateway on this data folder, the oldest first.</summary>
    public Task<IReadOnlyList<OpenAttempt>> OpenAttemptsAsync() =>
        Task.FromResult<IReadOnlyList<OpenAttempt>>(
            _stateFolder is null
                ? []
                :
                [
                    .. GateInstance
                        .OpenAttempts(_stateFolder)
                        .OrderBy(attempt => attempt.StartedAt)
                        .ThenBy(attempt => attempt.Id.Call)
                        .ThenBy(attempt => attempt.Id.Attempt),
                ]
        );

    /// <summary>The sums of a period.</summary>
    public async Task<UsageTotals> TotalsAsync(
        UsagePeriod period,
        IReadOnlyList<DimensionValue>? where = null,
        CancellationToken cancellation = default
    ) => (await SumAsync(new UsageSumQuery { Period = period, Where = where ?? [] }, cancellation))[0].Totals;

    /// <summary>The sums of a period by one dimension, ranked, the highest first.</summary>
    public async Task<IReadOnlyList<UsageGroup>> GroupAsync(
        UsagePeriod period,
        UsageDimension by,
        UsageRank rank = UsageRank.Cost,
        CancellationToken cancellation = default
    )
    {
        var sums = await SumAsync(new UsageSumQuery { Period = period, By = [by] }, cancellation);
        return
        [
            .. sums.Select(static sum => new UsageGroup(sum.Names[0], sum.Totals))
                .OrderByDescending(group => rank.Of(group.Totals))
                .ThenByDescending(static group => group.Totals.Calls)
                .ThenBy(static group => group.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Sums by anything, in no order.</summary>
    public Task<IReadOnlyList<UsageSum>> SumAsync(UsageSumQuery query, CancellationToken cancellation = default) =>
        _store.SumAsync(query, cancellation);

    /// <summary>
    /// Sums over time: one a bucket that has any usage, in order. Days, weeks and months are those of the time zone,
    /// whatever its clock did in them.
    /// </summary>
    public async Task<IReadOnlyList<UsagePoint>> SeriesAsync(
        UsagePeriod period,
        UsageBucket bucket,
        TimeZoneInfo zone,
        IReadOnlyList<DimensionValue>? where = null,
        CancellationToken cancellation = default
    )
    {
        var slots = await SumAsync(
            new UsageSumQuery
            {
                Period = period,
                Where = where ?? [],
                BySlot = true,
            },
            cancellation
        );
        return
        [
            .. slots
                .GroupBy(slot => bucket.StartOf(slot.Slot!.Value, zone))
                .OrderBy(static group => group.Key)
                .Select(static group => new UsagePoint(
                    group.Key,
                    group.Aggregate(new UsageTotals(), static (sum, slot) => sum + slot.Totals)
                )),
        ];
    }

    /// <summary>
    /// Runs one statement that reads, over <c>accounting_entries</c> and the store's tables, and keeps all its rows in
    /// memory.
    /// </summary>
    /// <exception cref="LedgerSqlException">The database refuses the statement.</exception>
    /// <exception cref="NotSupportedException">The store answers no SQL.</exception>
    public Task<SqlAnswer> SelectAsync(string sql, TimeSpan timeout, CancellationToken cancellation = default) =>
        Sql.SelectAsync(sql, timeout, cancellation);

    /// <summary>The same, with its rows given one by one.</summary>
    /// <exception cref="LedgerSqlException">The database refuses the statement, or stopped it after some of its
    /// rows.</exception>
    /// <exception cref="NotSupportedException">The store answers no SQL.</exception>
    public Task SelectAsync(string sql, TimeSpan timeout, ISqlRows rows, CancellationToken cancellation = default) =>
        Sql.SelectAsync(sql, timeout, rows, cancellation);

    private ISqlLedgerStore Sql =>
        _store as ISqlLedgerStore ?? throw new NotSupportedException($"{_store.GetType().Name} answers no SQL.");
}
