using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Transcripts.Writing;

/// <summary>
/// The transcript log: prompts and responses, if enabled, and denials. It has its own database, is written in the
/// background, and may lose the last second of its texts when its process is killed; the ledger loses nothing. All
/// methods may be called from any thread.
/// </summary>
public sealed class TranscriptLog : IAsyncDisposable
{
    private readonly TranscriptWriter _writer;
    private int _isDisposed;

    private TranscriptLog(TranscriptOptions options, ITranscriptStore store, Exception? exception)
    {
        (Options, Store) = (options, store);
        _writer = new TranscriptWriter(store, options, exception);
        Denials = new DenialLog(_writer, options);
    }

    /// <summary>The options of the log.</summary>
    public TranscriptOptions Options { get; }

    /// <summary>The database, for reading.</summary>
    public ITranscriptStore Store { get; }

    /// <summary>The log of denials.</summary>
    public DenialLog Denials { get; }

    /// <summary>True if the last write succeeded.</summary>
    public bool IsAvailable => _writer.IsAvailable;

    /// <summary>The current state.</summary>
    public TranscriptHealth Health => _writer.Health;

    /// <summary>
    /// Opens the log. Succeeds even if the database is unavailable: writing is retried in the background.
    /// </summary>
    /// <exception cref="LedgerSchemaException">The database is not a transcript log, or was upgraded by a newer
    /// version.</exception>
    public static async Task<TranscriptLog> OpenAsync(
        TranscriptOptions options,
        CancellationToken cancellationToken = default
    )
    {
        var store = options.OpenStore();
        try
        {
            await store.MigrateAsync(cancellationToken);
            return new TranscriptLog(options, store, null);
        }
        catch (Exception exception) when (exception is not (LedgerSchemaException or OperationCanceledException))
        {
            return new TranscriptLog(options, store, exception);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Adds an entry, whose texts are truncated to <see cref="TranscriptOptions.MaxTextBytes"/>. Waits while the queue
    /// is full. While the database is unavailable, a full queue drops the entry and counts it, unless calls are refused
    /// in that case: then only the few calls in flight add entries.
    /// </summary>
    /// <param name="entry">The entry.</param>
    /// <param name="cancellationToken">Cancels the wait for room; the entry is not added then.</param>
    public ValueTask AppendAsync(TranscriptEntry entry, CancellationToken cancellationToken = default) =>
        _writer.AddAsync(new TranscriptWork(entry.Truncate(Options.MaxTextBytes)), waits: true, cancellationToken);

    /// <summary>Adds an entry and waits until it is durable; returns false if it could not be written.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="cancellationToken">Cancels the wait; an entry that was added before is written.</param>
    public async ValueTask<bool> WriteAsync(TranscriptEntry entry, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!IsAvailable)
            return false;
        var written = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _writer.AddAsync(
            new TranscriptWork(entry.Truncate(Options.MaxTextBytes), Written: written),
            waits: true,
            cancellationToken
        );
        return await written.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Writes the waiting rows, for a few seconds at most, and closes the log.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
            return;
        Denials.Dispose();
        await _writer.DisposeAsync();
        await Store.DisposeAsync();
    }
}
