using System.Globalization;
using System.Runtime.InteropServices;

namespace Tollgate.Hosting;

/// <summary>
/// Has the kernel schedule the gate as a batch job (sched(7), SCHED_BATCH): its threads keep their share of the
/// processor, but do not take a core from a running thread when they wake. A call wakes a thread at each of its steps,
/// and on a busy machine the one interrupted is mostly another of the gate's, in the middle of its own step. Left
/// alone, it hands the ledger its record sooner, and more records share a flush. Linux only; what an administrator
/// chose, or a sandbox forbids, stays as it is.
/// </summary>
internal static partial class BatchScheduling
{
    private const int Normal = 0,
        Batch = 3;

    /// <summary>Applies to all threads of the process, and so to those that they start.</summary>
    public static void Apply()
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach (var folder in Directory.EnumerateDirectories("/proc/self/task"))
        {
            var thread = int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture);
            var priority = 0; // A struct of one number, which is 0 for both.
            if (GetPolicy(thread) == Normal)
                _ = SetPolicy(thread, Batch, in priority);
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_getscheduler")]
    private static partial int GetPolicy(int thread);

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetPolicy(int thread, int policy, in int priority);
}
