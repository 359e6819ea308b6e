using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Accounting.Stores.Sqlite.Registry;

namespace Tollgate.Accounting.Registry;

/// <summary>
/// Keeps a snapshot of the directory current: it reads one version number every 250 ms, and all entries when that has
/// changed. While the directory cannot be read the last snapshot serves on, for at most 15 minutes. What a server gave
/// is kept in a file too, by which a gate starts while the server is away.
/// </summary>
public sealed class DirectoryWatcher : IAsyncDisposable
{
    /// <summary>How often changes are looked for.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a snapshot that cannot be renewed is good for.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(15);

    /// <summary>How long the start waits for a server that does not answer.</summary>
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

    /// <summary>The directory as last seen.</summary>
    public DirectorySnapshot Snapshot => _snapshot;

    /// <summary>Whether anything was ever seen of the directory; without it nobody knows whether keys exist.</summary>
    public bool IsKnown => _snapshot != DirectorySnapshot.Nothing;

    /// <summary>
    /// Whether the snapshot is too old to be relied on. Answer 503 then: neither let everybody in nor send 401.
    /// </summary>
    public bool IsStale => !IsKnown || _options.TimeProvider.GetElapsedTime(Interlocked.Read(ref _confirmed)) > MaxAge;

    /// <summary>
    /// Raised with each new snapshot, before the next look is taken. What a listener throws counts as a look that
    /// failed.
    /// </summary>
    public event Action<DirectorySnapshot>? Changed;

    /// <summary>Why the last look failed; null where it did not.</summary>
    public string? LastError => _lastError;

    /// <summary>
    /// Reads the directory and goes on watching it. A server may be away: then the file serves, where there is one.
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
    /// Its age counts from when it was last confirmed. A time to come tells that a clock was wrong: it counts as too
    /// old.
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
            return; // A slow look is still under way.
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
            // Whatever it is: an exception that leaves a timer ends the process.
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
            // A directory that lost its keys, by a restored backup say, must not open the gate.
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
            ? $"The directory (keys, users, projects) cannot be read: {failure.Message}"
            : $"The directory (keys, users, projects) at {_store.Place} cannot be read: {failure.Message}";
}
