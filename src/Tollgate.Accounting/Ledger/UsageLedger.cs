using Tollgate.Accounting.InFlight;
using Tollgate.Accounting.Ledger.Records;
using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Spool;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sqlite;
using Tollgate.Accounting.Stores.Sqlite.Ledger;
using Tollgate.Accounting.Stores.Sqlite.Limits;
using Tollgate.Accounting.Stores.Sqlite.Writing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger;

/// <summary>
/// The durable record of usage. An attempt is registered before it is sent and recorded when its consumption is known;
/// both may be repeated safely, since an identity is recorded once. All methods may be called from any thread.
/// </summary>
public sealed class UsageLedger : IAsyncDisposable
{
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(2);

    private readonly LedgerOptions _options;
    private readonly GatewayInstance _instance;
    private readonly SqliteLedgerStore _local;
    private readonly TrackedLimitStore _limits;
    private readonly bool _sharesLimits;
    private SpoolReplicator? _replicator;
    private volatile bool _isDisposed;

    private UsageLedger(LedgerOptions options, GatewayInstance instance)
    {
        (_options, _instance) = (options, instance);
        var shared = options.Store as ILimitAwareLedgerStore;
        _local = new SqliteLedgerStore(
            options,
            instance.Journal.Remove,
            () => _replicator?.Nudge(),
            keepsSums: options.Store is null,
            spoolsCharges: shared is not null
        );
        _sharesLimits = shared is not null;
        _limits = new TrackedLimitStore(shared?.Limits ?? new SqliteLimitStore(_local, options));
        (Alerts, Quarantine) = (new LedgerAlerts(options), new RecordQuarantine(_local));
        Query = options.Store is { } store
            ? new UsageQuery(store, options.StateFolder, spool: _local)
            : new UsageQuery(_local, options.StateFolder);
    }

    /// <summary>The id of this ledger instance, under which its attempts in flight are stored.</summary>
    public Guid InstanceId => _instance.Id;

    /// <summary>True if writes currently succeed; cheap enough to check before every call.</summary>
    public bool IsWritable => Writer.State.IsWritable;

    /// <summary>Reads recorded usage and attempts in flight.</summary>
    public UsageQuery Query { get; }

    /// <summary>
    /// The counters of limits: the server's if it counts limits, so that several gateways share them, otherwise the
    /// local file's.
    /// </summary>
    public ILimitStore Limits => _limits;

    /// <summary>The alerts.</summary>
    public LedgerAlerts Alerts { get; }

    /// <summary>The records that the server rejects.</summary>
    public RecordQuarantine Quarantine { get; }

    private LedgerWriter Writer => _local.Writer;

    /// <summary>Reads the current state.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="LedgerUnavailableException">Too many calls wait for the database.</exception>
    public Task<LedgerHealth> ReadHealthAsync(CancellationToken cancellationToken = default) =>
        new LedgerHealthReader(_options, _local, _replicator).ReadAsync(cancellationToken);

    /// <summary>
    /// Opens a ledger by its address: <c>sqlite:///path/to/file.db</c>, or a server URL with the factory of its
    /// package.
    /// </summary>
    /// <param name="url">The address.</param>
    /// <param name="factories">The servers that the program supports; null for SQLite only.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="FormatException">The address is invalid, or its scheme is not supported by any of the
    /// factories.</exception>
    public static Task<UsageLedger> OpenAsync(
        string url,
        IReadOnlyList<ILedgerStoreFactory>? factories = null,
        CancellationToken cancellationToken = default
    ) => OpenAsync(new LedgerOptions().WithUrl(url, factories ?? []), cancellationToken);

    /// <summary>
    /// Opens the ledger, creating or upgrading its database, and recovers the attempts of crashed gateways. A server
    /// behind it may be unavailable: records are replicated later.
    /// </summary>
    /// <exception cref="LedgerSchemaException">A newer version of Tollgate has upgraded the database.</exception>
    public static async Task<UsageLedger> OpenAsync(
        LedgerOptions options,
        CancellationToken cancellationToken = default
    )
    {
        await SqliteMigrations.ApplyAsync(options, cancellationToken);
        var ledger = new UsageLedger(options, GatewayInstance.Register(options.StateFolder, options.TimeProvider));
        try
        {
            if (options.Store is { } store)
                ledger._replicator = new SpoolReplicator(ledger._local, store, options);
            await ledger.RecoverAsync(cancellationToken);
            return ledger;
        }
        catch
        {
            await ledger.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens an existing ledger read-only, alongside any number of writing gateways.</summary>
    /// <exception cref="FileNotFoundException">There is no ledger in the folder.</exception>
    /// <exception cref="LedgerSchemaException">The database is of another version of Tollgate.</exception>
    public static UsageQuery OpenReadOnly(LedgerOptions options)
    {
        if (options.Store is { } store)
            return new UsageQuery(store, options.StateFolder);
        LedgerFile.Require(options);
        return new UsageQuery(new SqliteLedgerStore(options), options.StateFolder);
    }

    /// <summary>
    /// Registers an attempt before it is sent. When this completes, the attempt survives a crash of the process.
    /// </summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="cancellationToken">If canceled already, nothing is registered.</param>
    /// <exception cref="LedgerUnavailableException">The ledger cannot write: the attempt must not be sent.</exception>
    public ValueTask BeginAttemptAsync(InFlightAttempt attempt, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        RecordRules.Validate(attempt);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!IsWritable)
            throw new LedgerUnavailableException(
                $"Cannot write to the ledger '{_options.DatabasePath}': {Writer.State.LastError}",
                null
            );
        _instance.Journal.Add(attempt);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Writes a record and removes its attempt in flight. When this completes, the record is on disk. A record whose
    /// identity is already recorded changes nothing.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="reservation">The reservation for it: settled with the record, in the same transaction.</param>
    /// <param name="cancellationToken">If canceled already, nothing is recorded and the reservation stays. A write that
    /// has started completes.</param>
    /// <exception cref="LedgerUnavailableException">The ledger cannot write; the record is kept in memory and written
    /// later.</exception>
    /// <exception cref="ArgumentException">The record is invalid; the message names the field.</exception>
    public ValueTask AppendAsync(
        UsageRecord record,
        Reservation? reservation = null,
        CancellationToken cancellationToken = default
    ) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled(cancellationToken)
            : AppendAsync(record, reservation?.Charges, reservation);

    /// <summary>
    /// Writes many records, all or none, and returns the number of records that were new to the local database.
    /// </summary>
    /// <param name="records">The records.</param>
    /// <param name="cancellationToken">If canceled before the write starts, nothing is recorded.</param>
    /// <exception cref="ArgumentException">One of them is invalid; the message names it and the field.</exception>
    public Task<int> AppendAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<int>(cancellationToken)
            : _local.AppendAsync(records, cancellationToken);

    /// <summary>
    /// Removes the records that started before a given time and returns their number; their rollups stay. Without a
    /// time, everything is removed.
    /// </summary>
    /// <param name="before">The start of a slot of 15 minutes; null for everything.</param>
    /// <param name="cancellationToken">Cancels the purge; what was removed so far stays removed.</param>
    public Task<long> PurgeAsync(DateTimeOffset? before, CancellationToken cancellationToken = default) =>
        (_options.Store ?? _local).PurgeAsync(before, cancellationToken);

    /// <summary>
    /// Recovers the attempts of gateways that have crashed since, at their upper bound; returns their number.
    /// </summary>
    public Task<int> RecoverAsync(CancellationToken cancellationToken = default) =>
        new GatewayRecovery(
            _options,
            _instance.Id,
            (record, charges) => AppendAsync(record, charges, null),
            _sharesLimits ? null : Limits.ReleaseAsync
        ).RunAsync(cancellationToken);

    private ValueTask AppendAsync(UsageRecord record, LimitCharges? charges, Reservation? reservation)
    {
        RecordRules.Validate(record);
        // The first write starts the writer, which must not start again.
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return Writer.AppendAsync(record, charges, reservation);
    }

    /// <summary>
    /// Writes everything queued and closes. Remaining attempts in flight are recovered by the next process that opens
    /// the ledger.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (_replicator is not null)
            await _replicator.DisposeAsync();
        await _local.DisposeAsync();
        var holdsNothing = !_limits.HasExchanged || await TryReleaseAsync();
        if (_options.Store is not null)
            await _options.Store.DisposeAsync();
        _instance.Dispose(leaveLock: !holdsNothing);
    }

    /// <summary>
    /// Returns the leases that this instance still holds: none of it will be spent once everything is recorded. If that
    /// fails, the next process that finds the lock file does it.
    /// </summary>
    private async Task<bool> TryReleaseAsync()
    {
        if (_instance.Journal.Count > 0)
            return false;
        try
        {
            using var timeout = new CancellationTokenSource(ReleaseTimeout);
            if (_sharesLimits && await _local.CountSpooledAsync(timeout.Token) != default)
                return false;
            await Limits.ReleaseAsync(InstanceId, timeout.Token);
            return true;
        }
        catch (Exception failure) when (failure is LedgerUnavailableException or OperationCanceledException)
        {
            return false;
        }
    }
}
