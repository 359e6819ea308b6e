using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Transcripts.Writing;

/// <summary>
/// The audit log: what was asked and answered, where that is wanted, and what was refused. It has a database of its
/// own, is written in the background, and may lose the last second of its texts when its process is killed; the ledger
/// loses nothing. All methods may be called from any thread.
/// </summary>
public sealed class AuditLog : IAsyncDisposable
{
    private readonly AuditWriter _writer;
    private int _isDisposed;

    private AuditLog(AuditOptions options, IAuditStore store, Exception? fault)
    {
        (Options, Store) = (options, store);
        _writer = new AuditWriter(store, options, fault);
        Refusals = new RefusalLog(_writer, options);
    }

    /// <summary>What it keeps, and how.</summary>
    public AuditOptions Options { get; }

    /// <summary>The database, for reading.</summary>
    public IAuditStore Store { get; }

    /// <summary>The log of refusals.</summary>
    public RefusalLog Refusals { get; }

    /// <summary>Whether the last write succeeded.</summary>
    public bool IsAvailable => _writer.IsAvailable;

    /// <summary>The state at this moment.</summary>
    public AuditHealth Health => _writer.Health;

    /// <summary>
    /// Opens the log. A database that is away is no reason not to: it is tried again in the background.
    /// </summary>
    /// <exception cref="LedgerSchemaException">The database is not an audit log, or a newer version's.</exception>
    public static async Task<AuditLog> OpenAsync(AuditOptions options, CancellationToken cancellation = default)
    {
        var store = options.OpenStore();
        try
        {
            await store.MigrateAsync(cancellation);
            return new AuditLog(options, store, null);
        }
        catch (Exception fault) when (fault is not (LedgerSchemaException or OperationCanceledException))
        {
            return new AuditLog(options, store, fault);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Adds an entry, whose texts are cut to <see cref="AuditOptions.MaxText"/>. Waits while the queue is full; while
    /// the database is away a full queue drops the entry and counts it, unless calls are refused then: those under way
    /// are few.
    /// </summary>
    public ValueTask AppendAsync(AuditEntry entry) =>
        _writer.AddAsync(new AuditWork(entry.Within(Options.MaxText)), waits: true);

    /// <summary>Adds an entry and waits until it is durable; false where it could not be written.</summary>
    public async ValueTask<bool> WriteAsync(AuditEntry entry)
    {
        if (!IsAvailable)
            return false;
        var written = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _writer.AddAsync(new AuditWork(entry.Within(Options.MaxText), Written: written), waits: true);
        return await written.Task;
    }

    /// <summary>Writes what waits, for a few seconds at most, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
            return;
        Refusals.Dispose();
        await _writer.DisposeAsync();
        await Store.DisposeAsync();
    }
}
