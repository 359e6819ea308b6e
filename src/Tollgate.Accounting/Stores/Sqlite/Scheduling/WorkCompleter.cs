using System.Collections.Concurrent;

namespace Tollgate.Accounting.Stores.Sqlite.Scheduling;

/// <summary>
/// Completes the tasks of threads with a low priority. The thread pool may start a thread for a task that is completed,
/// and on Linux a thread inherits the priority of the one that starts it, forever.
/// </summary>
internal sealed class WorkCompleter : IDisposable
{
    private readonly BlockingCollection<ScheduledWork> _done = [];
    private readonly Thread _thread;

    public WorkCompleter(string name)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.UnsafeStart();
    }

    public void Add(ScheduledWork work) => _done.Add(work);

    /// <summary>Completes what was added, and ends the thread.</summary>
    public void Dispose()
    {
        _done.CompleteAdding();
        _thread.Join();
        _done.Dispose();
    }

    private void Run()
    {
        foreach (var work in _done.GetConsumingEnumerable())
            work.Complete();
    }
}
