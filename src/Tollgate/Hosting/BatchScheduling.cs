using System.Globalization;
using System.Runtime.InteropServices;

namespace Tollgate.Hosting;

/// <summary>
/// Has the kernel schedule the gateway as a batch job (sched(7), SCHED_BATCH): its threads keep their share of the
/// processor, but do not preempt a running thread when they wake. A call wakes a thread at each of its steps, and on
/// a busy machine the thread interrupted is usually another of the gateway's, in the middle of its own step. Left
/// alone, that thread hands its record to the ledger sooner, and more records share a flush. Linux only; a policy
/// chosen by an administrator is kept, and a sandbox that forbids the change is respected.
/// </summary>
internal static partial class BatchScheduling
{
    private const int Normal = 0,
        Batch = 3;

    /// <summary>Applies the policy to all threads of the process, and so to the threads that they start.</summary>
    public static void Apply()
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach (var folder in Directory.EnumerateDirectories("/proc/self/task"))
        {
            var thread = int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture);
            var priority = 0; // A struct of a single number, which is 0 for both policies.
            if (GetPolicy(thread) == Normal)
                _ = SetPolicy(thread, Batch, in priority);
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_getscheduler")]
    private static partial int GetPolicy(int thread);

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetPolicy(int thread, int policy, in int priority);
}
