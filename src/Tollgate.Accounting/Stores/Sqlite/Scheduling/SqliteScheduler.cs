namespace Tollgate.Accounting.Stores.Sqlite.Scheduling;

/// <summary>
/// A few threads for calls that block, as all calls of SQLite do: on the thread pool, they would occupy the threads
/// that serve requests. Work starts in the order in which it arrives. Work on the same file may be kept from running at
/// the same time: if one waits for the lock of another process, the others would only occupy the other threads.
/// </summary>
/// <param name="name">The name of the threads, also for messages.</param>
/// <param name="maxThreads">The maximum number of threads. Each starts when work would otherwise wait.</param>
/// <param name="maxWaiting">The maximum number of waiting calls; more are refused.</param>
/// <param name="isBackground">True if the threads yield the processor to others.</param>
internal sealed class SqliteScheduler(string name, int maxThreads, int maxWaiting = 1024, bool isBackground = false)
    : IDisposable
{
    private readonly object _lock = new(); // Not a Lock: threads wait on it.
    private readonly LinkedList<ScheduledWork> _waiting = [];
    private readonly HashSet<string> _lockedFiles = new(StringComparer.Ordinal);
    private readonly List<Thread> _threads = [];
    private WorkCompleter? _completer;
    private int _idle;
    private bool _isDisposed;

    /// <summary>Runs a function on one of the threads. A call that is canceled while it waits does not start.</summary>
    /// <exception cref="LedgerUnavailableException">Too many calls are waiting.</exception>
    public Task<T> RunAsync<T>(Func<T> run, CancellationToken cancellationToken) =>
        RunAsync(run, lockedFile: null, cancellationToken);

    /// <summary>Runs a function on one of the threads, one at a time for each file.</summary>
    /// <param name="run">The function.</param>
    /// <param name="lockedFile">The file that the function locks; null if it locks none.</param>
    /// <param name="cancellationToken">A call that is canceled while it waits does not start.</param>
    /// <exception cref="LedgerUnavailableException">Too many calls are waiting.</exception>
    public async Task<T> RunAsync<T>(Func<T> run, string? lockedFile, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var work = new ScheduledWork<T>(run, lockedFile, cancellationToken);
        var place = new LinkedListNode<ScheduledWork>(work);
        await using var canceling = cancellationToken.UnsafeRegister(_ => Cancel(place), null);
        Enqueue(place);
        if (cancellationToken.IsCancellationRequested)
            Cancel(place); // The callback may have run before there was anything to remove.
        return await work.Task;
    }

    /// <summary>Cancels the waiting calls, waits for the running ones, and ends the threads.</summary>
    public void Dispose()
    {
        List<ScheduledWork> waiting;
        lock (_lock)
        {
            _isDisposed = true;
            waiting = [.. _waiting];
            _waiting.Clear();
            Monitor.PulseAll(_lock);
        }

        foreach (var work in waiting)
            work.Cancel();
        foreach (var thread in _threads)
            thread.Join();
        _completer?.Dispose();
    }

    private void Enqueue(LinkedListNode<ScheduledWork> work)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_waiting.Count >= maxWaiting)
                throw new LedgerUnavailableException(
                    $"{maxWaiting} calls already wait for the {name}. Try again later.",
                    null
                );
            _waiting.AddLast(work);
            WakeThread();
        }
    }

    /// <summary>Wakes or starts a thread if there is work that can start. Must be called under the lock.</summary>
    private void WakeThread()
    {
        if (FindStartable() is null)
            return;
        if (_idle > 0)
            Monitor.Pulse(_lock);
        else if (_threads.Count < maxThreads)
            StartThread();
    }

    private LinkedListNode<ScheduledWork>? FindStartable()
    {
        for (var node = _waiting.First; node is not null; node = node.Next)
            if (node.Value.LockedFile is not { } file || !_lockedFiles.Contains(file))
                return node;
        return null;
    }

    private void StartThread()
    {
        if (isBackground)
            _completer ??= new WorkCompleter(name);
        var thread = new Thread(Run) { IsBackground = true, Name = name };
        _threads.Add(thread);
        thread.UnsafeStart();
    }

    private void Run()
    {
        if (isBackground)
            BackgroundPriority.ApplyToThisThread();
        while (Take() is { } work)
        {
            work.Run();
            Release(work);
            if (_completer is { } completer)
                completer.Add(work);
            else
                work.Complete();
        }
    }

    /// <summary>Waits for the next work; null if there will be none.</summary>
    private ScheduledWork? Take()
    {
        lock (_lock)
        {
            _idle++;
            var node = FindStartable();
            while (node is null && !_isDisposed)
            {
                Monitor.Wait(_lock);
                node = FindStartable();
            }

            _idle--;
            if (node is null)
                return null;
            _waiting.Remove(node);
            if (node.Value.LockedFile is { } file)
                _lockedFiles.Add(file);
            WakeThread(); // For the next one, if it can start too.
            return node.Value;
        }
    }

    private void Release(ScheduledWork work)
    {
        if (work.LockedFile is not { } file)
            return;
        lock (_lock)
            _lockedFiles.Remove(file);
    }

    private void Cancel(LinkedListNode<ScheduledWork> place)
    {
        lock (_lock)
        {
            if (place.List is null)
                return; // It has started, and observes the token itself.
            _waiting.Remove(place);
        }

        place.Value.Cancel();
    }
}
