using System.Runtime.ExceptionServices;

namespace Tollgate.Analytics.Threading;

/// <summary>
/// Numbered work for a fixed number of threads. Results go where the number says, so the order of finishing does not
/// show.
/// </summary>
internal static class WorkQueue
{
    /// <summary>
    /// Does the work from 0 up until all is done or a stop is asked for; what was begun is ended. Returns how much was
    /// done, which is always the first so many.
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
                // A plan of the caller's own may throw anything; it belongs to the caller, not to this thread.
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
            }
        }
    }
}
