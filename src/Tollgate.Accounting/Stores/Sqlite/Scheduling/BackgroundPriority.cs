using System.Runtime.InteropServices;

namespace Tollgate.Accounting.Stores.Sqlite.Scheduling;

/// <summary>
/// Lets a thread yield the processor to those of the calls: while all cores are busy, it gets about a tenth of what one
/// of them gets, and otherwise as much as it can use. A process without privileges cannot undo it.
/// </summary>
internal static partial class BackgroundPriority
{
    /// <summary>Linux takes a thread for a process, and the number 0 for the calling one.</summary>
    private const int Threads = 0,
        This = 0;

    /// <summary>The weight of a thread falls by a fifth with each step (sched(7)).</summary>
    private const int Nice = 10;

    /// <summary>Applies it to the calling thread. A sandbox that forbids the change is respected.</summary>
    public static void ApplyToThisThread()
    {
        if (OperatingSystem.IsLinux())
            _ = SetPriority(Threads, This, Nice);
        else if (OperatingSystem.IsWindows())
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal; // .NET ignores it elsewhere.
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int kind, int thread, int priority);
}
