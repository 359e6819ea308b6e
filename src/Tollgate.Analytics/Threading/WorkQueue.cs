using System.Runtime.ExceptionServices;

namespace Tollgate.Analytics.Threading;

/// <summary>
/// Numbered work items for a fixed number of threads. Results are stored by number, so the order of completion does not
/// matter.
/// </summary>
internal static class WorkQueue
{
    /// <summary>
    /// Runs the work items from 0 up until all are completed or cancellation is requested; items that were started are
    /// finished. Returns the number of completed items, which are always the first ones.
    /// </summary>
    public static int Run(int count, int threads, Func<Action<int>> newWorker, CancellationToken stop)
    {
        var next = -1;
        ExceptionDispatchInfo? failure = null;
        threads = Math.Clamp(threads, 1, Math.Max(1, count));
        if (threads == 1)
            Work();
        else
        {
            var others = Enumerable
                .Range(1, threads - 1)
                .Select(_ => new Thread(Work) { IsBackground = true })
                .ToArray();
            foreach (var thread in others)
                thread.Start();
            Work();
            foreach (var thread in others)
                thread.Join();
        }
        failure?.Throw();
        return Math.Min(next + 1, count);

        void Work()
        {
            try
            {
                var worker = newWorker();
                while (!stop.IsCancellationRequested && Volatile.Read(ref failure) is null)
                {
                    var item = Interlocked.Increment(ref next);
                    if (item >= count)
                        return;
                    worker(item);
                }
            }
            catch (Exception exception)
            {
                // A custom plan may throw any exception; it belongs to the caller, not to this thread.
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
            }
        }
    }
}
