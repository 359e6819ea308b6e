using System.Runtime.InteropServices;

namespace Tollgate.Accounting.Stores.Sqlite.Scheduling;

/// <summary>
/// Lets a thread yield the processor to those of the calls: while all cores are busy, it gets about a tenth of what one
/// of them gets, and otherwise as much as it can use. Without privileges, nothing can undo it.
/// </summary>
internal static partial class BackgroundPriority
{
    // Linux takes a thread for a process; the number of the process is that of its first thread.
    private const int Process = 0,
        CallingThread = 0;

    /// <summary>The weight of a thread falls by a fifth with each step (sched(7)).</summary>
    private const int Steps = 10;

    /// <summary>Applies it to the calling thread. A sandbox that forbids the change is respected.</summary>
    public static void ApplyToThisThread()
    {
        if (OperatingSystem.IsLinux())
            _ = SetPriority(Process, CallingThread, GetPriority(Process, Environment.ProcessId) + Steps);
        else if (OperatingSystem.IsWindows())
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal; // .NET ignores it elsewhere.
    }

    [LibraryImport("libc", EntryPoint = "getpriority")]
    private static partial int GetPriority(int kind, int id);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int kind, int id, int priority);
}
