using Tollgate.Accounting.Alerts.Buffering;
using Tollgate.Accounting.InFlight;
using Tollgate.Accounting.Ledger.Records;
using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Spool;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Accounting.Stores.Sqlite;
using Tollgate.Accounting.Stores.Sqlite.Ledger;
using Tollgate.Accounting.Stores.Sqlite.Limits;
using Tollgate.Accounting.Stores.Sqlite.Native;
using Tollgate.Accounting.Stores.Sqlite.Writing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger;

/// <summary>
/// The durable record of usage. An attempt is opened before it is sent and booked when its consumption is known; both
/// are safe to repeat, since an identity is booked once. All methods may be called from any thread.
/// </summary>
public sealed class UsageLedger : IAsyncDisposable
{
    private static readonly TimeSpan ReleasePatience = TimeSpan.FromSeconds(2);

    private readonly LedgerOptions _options;
    private readonly GateInstance _instance;
    private readonly SqliteLedgerStore _local;
    private readonly LimitsInUse _limits;
    private readonly bool _sharesLimits;
    private readonly Lazy<AlertNotices> _notices;
    private SpoolFollower? _follower;
    private volatile bool _isDisposed;

    private UsageLedger(LedgerOptions options, GateInstance instance)
    {
        (_options, _instance) = (options, instance);
        var shared = options.Store as ILimitedLedgerStore;
        _local = new SqliteLedgerStore(
            options,
            instance.Journal.Close,
            () => _follower?.Nudge(),
            keepsSums: options.Store is null,
            spoolsCharges: shared is not null
        );
        _sharesLimits = shared is not null;
        _limits = new LimitsInUse(shared?.Limits ?? new SqliteLimitStore(_local, options));
        (Alerts, OwnAlerts) = (options.OpenAlerts(), options.OpenOwnAlerts());
        _notices = new(() => new AlertNotices(options.TimeProvider));
        Query = options.Store is { } store
            ? new UsageQuery(store, options.StateFolder, spool: _local)
            : new UsageQuery(_local, options.StateFolder);
    }

    /// <summary>The id of this opening of the ledger, under which its open attempts stand.</summary>
    public Guid InstanceId => _instance.Id;

    /// <summary>Whether writes succeed now; cheap enough to ask before every call.</summary>
    public bool IsWritable => Writer.State.IsWritable;

    /// <summary>Reads what is booked and what is under way.</summary>
    public UsageQuery Query { get; }

    /// <summary>
    /// The counters of limits: the server's where it keeps them, so that several gates share them, else the local
    /// file's.
    /// </summary>
    public ILimitStore Limits => _limits;

    /// <summary>The alerts, in the database that keeps the counters of limits.</summary>
    public IAlertStore Alerts { get; }

    /// <summary>
    /// The alerts in the data folder, where <see cref="Alerts"/> are a server's: what is to be told while that is away.
    /// Null where they are the same.
    /// </summary>
    public IAlertStore? OwnAlerts { get; }

    /// <summary>What this opening of the ledger has noticed and is to be told of.</summary>
    public AlertNotices Notices => _notices.Value;

    /// <summary>How the delivery of alerts goes in this process.</summary>
    public AlertTally AlertTally { get; } = new();

    /// <summary>How long the oldest record has waited for the server behind; null where none waits.</summary>
    public TimeSpan? BacklogAge =>
        _follower is not null && _local.Oldest(1) is [var (_, booked)]
            ? _options.TimeProvider.GetUtcNow() - booked.Record.StartedAt - booked.Record.Duration
            : null;

    /// <summary>The state at this moment.</summary>
    public LedgerHealth Health => HealthWith(_follower is null ? default : _local.Count());

    private LedgerHealth HealthWith((long Backlog, long Refused) spooled) =>
        new()
        {
            IsWritable = Writer.State.IsWritable,
            LastError = Writer.State.LastError,
            QueueLength = Writer.State.QueueLength,
            Owed = Writer.Owed,
            Dropped = Writer.Dropped,
            Commits = Writer.State.Commits,
            Booked = Writer.State.Booked,
            Checkpoints = Writer.Checkpoints,
            WalBytes = new FileInfo(_options.DatabasePath + "-wal") is { Exists: true, Length: var bytes } ? bytes : 0,
            Backlog = _follower is null ? null : spooled.Backlog,
            Refused = _follower is null ? null : spooled.Refused,
            StoreReachable = _follower?.IsReachable,
            StoreError = _follower?.LastError,
            SqliteVersion = SqliteLibrary.Version,
        };

    private LedgerWriter Writer => _local.Writer;

    /// <summary>
    /// Opens a ledger by its address: <c>sqlite:///path/to/file.db</c>, or a server's URL with the factory of its
    /// package.
    /// </summary>
    /// <exception cref="FormatException">The address cannot be read, or is for a store that is not among the
    /// factories.</exception>
    public static Task<UsageLedger> OpenAsync(string url, params ILedgerStoreFactory[] factories) =>
        OpenAsync(new LedgerOptions().At(url, factories));

    /// <summary>
    /// Opens the ledger, creating or upgrading its database, and books the attempts of gateways that died. A server
    /// behind it may be away: what is booked meanwhile follows.
    /// </summary>
    /// <exception cref="LedgerSchemaException">A newer version of Tollgate has upgraded the database.</exception>
    public static async Task<UsageLedger> OpenAsync(LedgerOptions options, CancellationToken cancellation = default)
    {
        await SqliteMigrations.ApplyAsync(options, cancellation);
        var ledger = new UsageLedger(options, GateInstance.Register(options.StateFolder, options.TimeProvider));
        try
        {
            if (options.Store is { } store)
                ledger._follower = new SpoolFollower(ledger._local, store, options);
            await ledger.RecoverAsync(cancellation);
            return ledger;
        }
        catch
        {
            await ledger.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens an existing ledger for reading, beside any number of gateways that write.</summary>
    /// <exception cref="FileNotFoundException">There is no ledger in the folder.</exception>
    /// <exception cref="LedgerSchemaException">The database is of another version of Tollgate.</exception>
    public static UsageQuery OpenReadOnly(LedgerOptions options)
    {
        if (options.Store is { } store)
            return new UsageQuery(store, options.StateFolder);
        RequireFile(options);
        return new UsageQuery(new SqliteLedgerStore(options), options.StateFolder);
    }

    /// <summary>The alerts of an existing ledger, beside any number of gateways.</summary>
    /// <exception cref="FileNotFoundException">There is no ledger in the folder.</exception>
    /// <exception cref="LedgerSchemaException">The database is of another version of Tollgate.</exception>
    public static IAlertStore OpenAlerts(LedgerOptions options)
    {
        if (options.Store is not ILimitedLedgerStore { Alerts: not null })
            RequireFile(options);
        return options.OpenAlerts();
    }

    /// <summary>
    /// The alerts in an existing data folder beside those of its server; null where there are none beside them, or the
    /// folder has no ledger yet.
    /// </summary>
    /// <exception cref="LedgerSchemaException">The database is of another version of Tollgate.</exception>
    public static IAlertStore? OpenOwnAlerts(LedgerOptions options)
    {
        if (options.OpenOwnAlerts() is not { } own || !File.Exists(options.DatabasePath))
            return null;
        RequireFile(options);
        return own;
    }

    /// <summary>
    /// Puts an attempt on record before it is sent. When this completes the row outlives the death of the process.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot write: the attempt must not be sent.</exception>
    public ValueTask OpenAttemptAsync(OpenAttempt attempt)
    {
        RecordRules.Check(attempt);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!IsWritable)
            throw new LedgerUnavailableException(
                $"The ledger '{_options.DatabasePath}' cannot be written: {Writer.State.LastError}",
                null
            );
        _instance.Journal.Open(attempt);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Books a record and closes its attempt. When this completes the record is on the disk. A record whose identity
    /// is booked already changes nothing.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="reservation">What was reserved for it: it is settled with the record, in the same
    /// transaction.</param>
    /// <exception cref="LedgerUnavailableException">The ledger cannot write; the record is kept in memory and
    /// follows.</exception>
    /// <exception cref="ArgumentException">The record cannot be booked; the message names the field.</exception>
    public ValueTask AppendAsync(UsageRecord record, Reservation? reservation = null) =>
        AppendAsync(record, reservation?.Charges, reservation);

    /// <summary>
    /// Books many records, all or none, and gives the number of those that were new to the local database.
    /// </summary>
    /// <exception cref="ArgumentException">One of them cannot be booked; the message names it and the
    /// field.</exception>
    public Task<int> AppendAsync(IReadOnlyList<UsageRecord> records) => _local.AppendAsync(records);

    /// <summary>
    /// Removes the records that started before a moment, and gives their number; their sums stay. Without a moment
    /// everything goes.
    /// </summary>
    /// <param name="before">The start of a quarter of an hour; null for everything.</param>
    /// <param name="cancellation">Stops it; what was removed by then stays removed.</param>
    public Task<long> PurgeAsync(DateTimeOffset? before, CancellationToken cancellation = default) =>
        (_options.Store ?? _local).PurgeAsync(before, cancellation);

    /// <summary>Books the attempts of gateways that died since, at their upper bound; gives their number.</summary>
    public Task<int> RecoverAsync(CancellationToken cancellation = default) =>
        new GateRecovery(
            _options,
            _instance.Id,
            (record, charges) => AppendAsync(record, charges, null),
            _sharesLimits ? null : Limits.ReleaseAsync
        ).RunAsync(cancellation);

    /// <summary>
    /// The records that the server behind a data folder refuses, those refused last first; see
    /// <see cref="RetryRefusedAsync"/>.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no ledger in the folder.</exception>
    /// <exception cref="LedgerSchemaException">The database is of another version of Tollgate.</exception>
    public static IReadOnlyList<RefusedRecord> Refused(LedgerOptions options, int count)
    {
        RequireFile(options);
        return new SqliteLedgerStore(options).Refused(count);
    }

    /// <summary>
    /// Sends the records that the server refuses once more, and gives their number. Those that it refuses again are set
    /// aside again.
    /// </summary>
    public async Task<int> RetryRefusedAsync()
    {
        var back = new PutBack();
        await Writer.RunAsync(back);
        return back.Count;
    }

    /// <summary>
    /// Removes records that the server refuses from the data folder, for good: they are in no sum. One that is not
    /// refused, or no longer, stays.
    /// </summary>
    /// <returns>Those that were removed.</returns>
    public async Task<IReadOnlyList<CallId>> DiscardRefusedAsync(IReadOnlyList<CallId> ids)
    {
        var discard = new Discard(ids);
        await Writer.RunAsync(discard);
        return discard.Discarded;
    }

    private static void RequireFile(LedgerOptions options)
    {
        if (!File.Exists(options.DatabasePath))
            throw new FileNotFoundException(
                $"There is no ledger in '{options.DataFolder}' ({options.DatabaseFile} is missing). "
                    + "Name its folder with --data, or start the gateway once.",
                options.DatabasePath
            );
        using var connection = SqliteConnections.OpenForQueries(options.DatabasePath);
        SqliteMigrations.RequireCurrent(connection);
    }

    private ValueTask AppendAsync(UsageRecord record, LimitCharges? charges, Reservation? reservation)
    {
        RecordRules.Check(record);
        // The writer starts with the first write: it must not start again.
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return Writer.AppendAsync(record, charges, reservation);
    }

    /// <summary>
    /// Writes what is queued and closes. Attempts still open are booked by whoever opens the ledger next.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (_follower is not null)
            await _follower.DisposeAsync();
        await _local.DisposeAsync();
        var holdsNothing = !_limits.HasExchanged || await TryReleaseAsync();
        if (_options.Store is not null)
            await _options.Store.DisposeAsync();
        _instance.Dispose(leaveLock: !holdsNothing);
    }

    /// <summary>
    /// Gives back what this opening still holds: none of it will be spent once all is booked. Where that cannot be now,
    /// whoever finds the lock file does it later.
    /// </summary>
    private async Task<bool> TryReleaseAsync()
    {
        if (_instance.Journal.Count > 0 || (_sharesLimits && _local.Count() != default))
            return false;
        try
        {
            using var patience = new CancellationTokenSource(ReleasePatience);
            await Limits.ReleaseAsync(InstanceId, patience.Token);
            return true;
        }
        catch (Exception failure) when (failure is LedgerUnavailableException or OperationCanceledException)
        {
            return false;
        }
    }
}
