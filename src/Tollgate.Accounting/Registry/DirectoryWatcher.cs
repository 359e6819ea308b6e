using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Accounting.Stores.Sqlite.Registry;

namespace Tollgate.Accounting.Registry;

/// <summary>
/// Keeps a snapshot of the registry current: reads one version number every 250 ms, and all entries when it has
/// changed. While the registry cannot be read, the last snapshot remains in use for at most 15 minutes. A snapshot read
/// from a server is also saved to a file, from which a gateway starts while the server is unavailable.
/// </summary>
public sealed class DirectoryWatcher : IAsyncDisposable
{
    /// <summary>How often the registry is checked for changes.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a snapshot remains valid if it cannot be renewed.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(15);

    /// <summary>How long startup waits for a server that does not respond.</summary>
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private readonly LedgerOptions _options;
    private readonly IDirectoryStore _store;
    private readonly DirectoryFile? _file;
    private readonly CancellationTokenSource _stop = new();
    private ITimer? _timer;
    private Task _look = Task.CompletedTask;
    private int _isLooking;
    private bool _isPrepared;
    private volatile DirectorySnapshot _snapshot = DirectorySnapshot.Nothing;
    private volatile string? _lastError;
    private long _confirmed;

    private DirectoryWatcher(LedgerOptions options)
    {
        (_options, _store) = (options, options.OpenDirectory());
        if (_store is not SqliteDirectoryStore)
            _file = new DirectoryFile(options, _store.Place);
    }

    /// <summary>The registry as last seen.</summary>
    public DirectorySnapshot Snapshot => _snapshot;

    /// <summary>Whether the registry was ever read or loaded; without it, it is unknown whether keys exist.</summary>
    public bool IsKnown => _snapshot != DirectorySnapshot.Nothing;

    /// <summary>
    /// Whether the snapshot is too old to be relied on. Respond with 503 in that case: neither admit every caller nor
    /// return 401.
    /// </summary>
    public bool IsStale => !IsKnown || _options.TimeProvider.GetElapsedTime(Interlocked.Read(ref _confirmed)) > MaxAge;

    /// <summary>
    /// Raised with each new snapshot, before the next poll. An exception from a handler counts as a failed poll.
    /// </summary>
    public event Action<DirectorySnapshot>? Changed;

    /// <summary>Why the last poll failed; null if it succeeded.</summary>
    public string? LastError => _lastError;

    /// <summary>
    /// Reads the registry and starts watching it. If a server is unavailable, the saved file is used, if there is one.
    /// </summary>
    /// <exception cref="LedgerSchemaException">A newer version of Tollgate has upgraded the database.</exception>
    public static async Task<DirectoryWatcher> StartAsync(
        LedgerOptions options,
        CancellationToken cancellation = default
    )
    {
        var watcher = new DirectoryWatcher(options);
        if (watcher._file is null)
            await watcher.RenewAsync(cancellation);
        else
            await watcher.ReachAsync(cancellation);
        watcher._timer = options.TimeProvider.CreateTimer(_ => watcher.Look(), null, Interval, Interval);
        return watcher;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
            await _timer.DisposeAsync();
        await _stop.CancelAsync();
        await _look;
        _stop.Dispose();
    }

    private async Task ReachAsync(CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(FirstPatience, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await RenewAsync(either.Token);
        }
        catch (Exception away)
            when (away is LedgerUnavailableException
                || (away is OperationCanceledException && !cancellation.IsCancellationRequested)
            )
        {
            _lastError = Unreadable(away);
            if (_file!.Load() is { } saved)
                Take(saved.Snapshot, saved.ConfirmedAt);
        }
    }

    /// <summary>
    /// The age of the snapshot counts from when it was last confirmed. A time in the future means that a clock was
    /// wrong: the snapshot counts as too old.
    /// </summary>
    private void Take(DirectorySnapshot snapshot, DateTimeOffset confirmedAt)
    {
        var age = _options.TimeProvider.GetUtcNow() - confirmedAt;
        if (age < -ClockSkew || age > MaxAge)
            age = MaxAge + TimeSpan.FromSeconds(1);
        _snapshot = snapshot;
        Interlocked.Exchange(
            ref _confirmed,
            _options.TimeProvider.GetTimestamp() - (long)(age.TotalSeconds * _options.TimeProvider.TimestampFrequency)
        );
    }

    private void Look()
    {
        if (Interlocked.Exchange(ref _isLooking, 1) == 1)
            return; // The previous poll is still in progress.
        _look = LookAsync();
    }

    private async Task LookAsync()
    {
        try
        {
            await RenewAsync(_stop.Token);
        }
        catch (Exception failure)
        {
            // Catches everything: an exception that escapes a timer ends the process.
            _lastError = Unreadable(failure);
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }

    private async Task RenewAsync(CancellationToken cancellation)
    {
        var (began, at) = (_options.TimeProvider.GetTimestamp(), _options.TimeProvider.GetUtcNow());
        if (!_isPrepared)
            await DirectoryHandover.PrepareAsync(_store, _options, cancellation);
        _isPrepared = true;
        if (!IsKnown || await _store.VersionAsync(cancellation) != _snapshot.Version)
        {
            // A registry that lost its keys, for example after a backup was restored, must not open the gateway.
            _snapshot = new DirectorySnapshot(
                await _store.ReadAsync(cancellation: cancellation),
                anyKeyBefore: _snapshot.Keys.AnyKeyEverExisted
            );
            Changed?.Invoke(_snapshot);
        }

        Interlocked.Exchange(ref _confirmed, began);
        _lastError = _file?.Save(_snapshot, at);
    }

    private string Unreadable(Exception failure) =>
        failure is LedgerUnavailableException // It names the place.
            ? $"The registry (keys, users, projects) cannot be read: {failure.Message}"
            : $"The registry (keys, users, projects) at {_store.Place} cannot be read: {failure.Message}";
}
