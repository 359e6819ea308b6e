using Tollgate.Accounting.Ledger;

namespace Tollgate.Accounting.Tests.Ledger;

/// <summary>What the kernel says of threads: proc_pid_stat(5), field 41.</summary>
public sealed class BatchSchedulingTests
{
    private const string Normal = "0", Batch = "3";

    [Fact]
    public void A_batch_thread_is_one_and_the_threads_that_it_starts_are_not()
    {
        string? own = null, started = null;
        var thread = new Thread(() =>
        {
            BatchScheduling.Apply();
            own = Policy();
            var child = new Thread(() => started = Policy());
            child.Start();
            child.Join();
        });
        thread.Start();
        thread.Join();

        (own, started).ShouldBe((Batch, Normal));
    }

    private static string Policy()
    {
        var stat = File.ReadAllText("/proc/thread-self/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[41 - 3];
    }
}
