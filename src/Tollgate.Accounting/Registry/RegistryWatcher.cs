using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Logging;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Accounting.Stores.Sqlite.Registry;

namespace Tollgate.Accounting.Registry;

/// <summary>
/// Keeps a snapshot of the registry current: reads one version number every 250 ms, and all entries when it has
/// changed. While the registry cannot be read, the last snapshot remains in use for at most 15 minutes. A snapshot read
/// from a server is also saved to a file, from which a gateway starts while the server is unavailable.
/// </summary>
public sealed class RegistryWatcher : IAsyncDisposable
{
    /// <summary>How often the registry is checked for changes.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a snapshot remains valid if it cannot be renewed.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(15);

    /// <summary>How long startup waits for a server that does not respond.</summary>
    private static readonly TimeSpan StartupTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private readonly LedgerOptions _options;
    private readonly IRegistryStore _store;
    private readonly RegistryFile? _file;
    private readonly OutageMonitor _outage;
    private readonly OutageMonitor _fileOutage;
    private readonly CancellationTokenSource _stop = new();
    private ITimer? _timer;
    private Task _poll = Task.CompletedTask;
    private int _isPolling;
    private int _isDisposed;
    private bool _isPrepared;
    private volatile RegistrySnapshot _snapshot = RegistrySnapshot.Empty;
    private volatile LedgerUnavailableException? _lastFailure;
    private int _failedReads;
    private long _confirmedAt;

    private RegistryWatcher(LedgerOptions options)
    {
        (_options, _store) = (options, options.OpenRegistry());
        ILogger logger = options.LoggerFactory.CreateLogger<RegistryWatcher>();
        _outage = new OutageMonitor(options.TimeProvider, logger.RegistryUnreadable, logger.RegistryRecovered);
        _fileOutage = new OutageMonitor(
            options.TimeProvider,
            logger.RegistrySnapshotNotSaved,
            logger.RegistrySnapshotSaved
        );
        if (_store is not SqliteRegistryStore)
            _file = new RegistryFile(options, _store.Location);
    }

    /// <summary>The registry as last seen.</summary>
    public RegistrySnapshot Snapshot => _snapshot;

    /// <summary>True if the registry was ever read or loaded; without it, it is unknown whether keys exist.</summary>
    public bool HasSnapshot => _snapshot != RegistrySnapshot.Empty;

    /// <summary>
    /// True if the snapshot is too old to be relied on. Respond with 503 in that case: neither admit every caller nor
    /// return 401.
    /// </summary>
    public bool IsStale => !HasSnapshot || GetAge() > MaxAge;

    /// <summary>
    /// Raised with each new snapshot, before the next poll. An exception from a handler counts as a failed poll.
    /// </summary>
    public event Action<RegistrySnapshot>? Changed;

    /// <summary>Why the registry could not be read the last time; null if it was read.</summary>
    public LedgerUnavailableException? LastFailure => _lastFailure;

    /// <summary>The state at this moment.</summary>
    public RegistryHealth Health =>
        new()
        {
            IsStale = IsStale,
            ConfirmedAt = HasSnapshot ? _options.TimeProvider.GetUtcNow() - GetAge() : null,
            FailedReads = Volatile.Read(ref _failedReads),
            LastFailureAt = _outage.LastFailureAt,
        };

    /// <summary>The poll in progress, or the last one.</summary>
    internal Task CurrentPoll => _poll;

    /// <summary>
    /// Reads the registry and starts watching it. If a server is unavailable, the saved file is used, if there is one.
    /// </summary>
    /// <exception cref="LedgerSchemaException">A newer version of Tollgate has upgraded the database.</exception>
    public static async Task<RegistryWatcher> StartAsync(
        LedgerOptions options,
        CancellationToken cancellationToken = default
    )
    {
        var watcher = new RegistryWatcher(options);
        if (watcher._file is null)
            await watcher.RefreshAsync(cancellationToken);
        else
            await watcher.LoadInitialAsync(cancellationToken);
        watcher._timer = options.TimeProvider.CreateTimer(_ => watcher.Poll(), null, PollInterval, PollInterval);
        return watcher;
    }

    /// <summary>
    /// Looks for changes now, rather than at the next poll, so that the process that changed an entry sees its change.
    /// If the registry cannot be read, the snapshot stays as it is.
    /// </summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task CatchUpAsync(CancellationToken cancellationToken = default)
    {
        // A poll in progress may have read the version before the change.
        await _poll.WaitAsync(cancellationToken);
        Poll();
        await _poll.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
            return;
        if (_timer is not null)
            await _timer.DisposeAsync();
        await _stop.CancelAsync();
        await _poll;
        _stop.Dispose();
    }

    private async Task LoadInitialAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(StartupTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await RefreshAsync(either.Token);
        }
        catch (Exception away)
            when (away is LedgerUnavailableException
                || (away is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            NoteFailure(away);
            if (_file!.Load() is { } saved)
                ApplySaved(saved.Snapshot, saved.ConfirmedAt);
        }
    }

    /// <summary>
    /// The age of the snapshot counts from when it was last confirmed. A time in the future means that a clock was
    /// wrong: the snapshot counts as too old.
    /// </summary>
    private void ApplySaved(RegistrySnapshot snapshot, DateTimeOffset confirmedAt)
    {
        var age = _options.TimeProvider.GetUtcNow() - confirmedAt;
        if (age < -ClockSkew || age > MaxAge)
            age = MaxAge + TimeSpan.FromSeconds(1);
        _snapshot = snapshot;
        Interlocked.Exchange(
            ref _confirmedAt,
            _options.TimeProvider.GetTimestamp() - (long)(age.TotalSeconds * _options.TimeProvider.TimestampFrequency)
        );
    }

    private void Poll()
    {
        if (Interlocked.Exchange(ref _isPolling, 1) == 1)
            return; // The previous poll is still in progress.
        _poll = PollAsync();
    }

    private async Task PollAsync()
    {
        try
        {
            await RefreshAsync(_stop.Token);
        }
        catch (Exception failure)
        {
            // Catches everything: an exception that escapes a timer ends the process.
            NoteFailure(failure);
        }
        finally
        {
            Volatile.Write(ref _isPolling, 0);
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var (began, at) = (_options.TimeProvider.GetTimestamp(), _options.TimeProvider.GetUtcNow());
        if (!_isPrepared)
            await RegistryMigration.PrepareAsync(_store, _options, cancellationToken);
        _isPrepared = true;
        if (!HasSnapshot || await _store.VersionAsync(cancellationToken) != _snapshot.Version)
        {
            // A registry that lost its keys, for example after a backup was restored, must not open the gateway.
            _snapshot = new RegistrySnapshot(
                await _store.ReadAsync(cancellationToken: cancellationToken),
                anyKeyBefore: _snapshot.Keys.AnyKeyEverExisted
            );
            Changed?.Invoke(_snapshot);
        }

        Interlocked.Exchange(ref _confirmedAt, began);
        NoteSuccess();
        SaveSnapshot(at);
    }

    private void SaveSnapshot(DateTimeOffset confirmedAt)
    {
        try
        {
            _file?.Save(_snapshot, confirmedAt);
            _fileOutage.NoteSuccess();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The registry itself was read: a file that cannot be written matters only to the next start.
            _fileOutage.NoteFailure(exception);
        }
    }

    private void NoteSuccess()
    {
        _lastFailure = null;
        Volatile.Write(ref _failedReads, 0);
        _outage.NoteSuccess();
    }

    private void NoteFailure(Exception failure)
    {
        if (_stop.IsCancellationRequested)
            return;
        var place = failure is LedgerUnavailableException ? "" : $" at {_store.Location}"; // Its message names it.
        _lastFailure = new LedgerUnavailableException(
            $"The registry (keys, users, projects){place} cannot be read: {failure.Message}",
            failure
        );
        Interlocked.Increment(ref _failedReads);
        _outage.NoteFailure(failure);
    }

    private TimeSpan GetAge() => _options.TimeProvider.GetElapsedTime(Interlocked.Read(ref _confirmedAt));
}
