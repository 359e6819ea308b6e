using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Stores.Sqlite;

namespace Tollgate.Accounting.Directory;

/// <summary>
/// Keeps a snapshot of the keys current: it reads one version number every 250 ms and the keys when that has changed.
/// While the database cannot be read the last snapshot serves on, for at most 15 minutes.
/// </summary>
public sealed class VirtualKeyWatcher : IAsyncDisposable
{
    /// <summary>How often changes are looked for.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a snapshot that cannot be renewed is good for.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(15);

    private readonly LedgerOptions _options;
    private readonly Lock _looking = new();
    private readonly ITimer _timer;
    private volatile VirtualKeySnapshot _snapshot;
    private volatile string? _lastError;
    private long _lastSuccess;

    private VirtualKeyWatcher(LedgerOptions options, VirtualKeySnapshot first)
    {
        (_options, _snapshot) = (options, first);
        _lastSuccess = options.TimeProvider.GetTimestamp();
        _timer = options.TimeProvider.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    /// <summary>The keys as last seen.</summary>
    public VirtualKeySnapshot Snapshot => _snapshot;

    /// <summary>
    /// Whether the snapshot is too old to be relied on. Answer 503 then: neither let everybody in nor send 401.
    /// </summary>
    public bool IsStale => _options.TimeProvider.GetElapsedTime(Interlocked.Read(ref _lastSuccess)) > MaxAge;

    /// <summary>Why the last look failed; null where it did not.</summary>
    public string? LastError => _lastError;

    /// <summary>Reads the keys and goes on watching them.</summary>
    public static async Task<VirtualKeyWatcher> StartAsync(LedgerOptions options, CancellationToken cancellation = default)
    {
        await SqliteMigrations.ApplyAsync(options, cancellation);
        return new VirtualKeyWatcher(options, Read(options, known: null)!);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Look()
    {
        if (!_looking.TryEnter()) return; // A slow look is still under way.
        try
        {
            if (Read(_options, _snapshot.Version) is { } changed) _snapshot = changed;
            Interlocked.Exchange(ref _lastSuccess, _options.TimeProvider.GetTimestamp());
            _lastError = null;
        }
        catch (Exception failure)
        {
            // Whatever it is: an exception that leaves a timer ends the process.
            _lastError = $"The virtual keys in '{_options.DatabasePath}' cannot be read: {failure.Message}";
        }
        finally
        {
            _looking.Exit();
        }
    }

    /// <summary>The keys with their version, in one snapshot of the database; null where the version is the known one.</summary>
    private static VirtualKeySnapshot? Read(LedgerOptions options, long? known)
    {
        using var connection = SqliteConnections.OpenForQueries(options.DatabasePath);
        using var transaction = connection.BeginTransaction(deferred: true);
        var version = VirtualKeyRows.ReadVersion(connection);
        return version == known ? null : new VirtualKeySnapshot(version, VirtualKeyRows.Read(connection));
    }
}
