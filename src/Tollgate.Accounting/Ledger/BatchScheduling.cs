using System.Runtime.InteropServices;

namespace Tollgate.Accounting.Ledger;

/// <summary>
/// Asks the kernel to schedule a thread as a batch job: it keeps its share of the processor, but takes no core from who is running when it
/// wakes. The ledger's writer wakes after each flush, and those it would interrupt are about to hand it the next records: where it lets
/// them, more share a flush. Linux only; elsewhere, or where a sandbox forbids it, the thread stays as it is.
/// </summary>
internal static partial class BatchScheduling
{
    /// <summary>sched(7): SCHED_BATCH.</summary>
    private const int Batch = 3;

    /// <summary>sched(7): SCHED_RESET_ON_FORK. Threads of the pool that this one starts are not to take after it.</summary>
    private const int ResetOnFork = 0x40000000;

    /// <summary>Applies to the calling thread.</summary>
    public static void Apply()
    {
        if (!OperatingSystem.IsLinux()) return;
        var priority = 0; // A struct of one number, always 0 for this policy.
        _ = SetScheduler(0, Batch | ResetOnFork, in priority);
    }

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetScheduler(int thread, int policy, in int priority);
}
