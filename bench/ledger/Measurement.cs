using System.Diagnostics;

namespace Tollgate.Ledger.Bench;

/// <summary>Time, processor time and allocations of one run.</summary>
internal sealed class Measurement(string what, int callers, int pairs)
{
    public const string Head =
        "| what | callers | pairs/s | CPU µs/pair | p50 µs | p99 µs | fsyncs | allocated B/pair |\n| --- | ---: | "
        + "---: | ---: | ---: | ---: | ---: | ---: |";

    private readonly TimeSpan _cpu = Process.GetCurrentProcess().TotalProcessorTime;
    private readonly long _allocated = GC.GetTotalAllocatedBytes(precise: true);
    private readonly long _started = Stopwatch.GetTimestamp();

    public string Row(long flushes, long[]? latencies)
    {
        var elapsed = Stopwatch.GetElapsedTime(_started);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime - _cpu;
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - _allocated;
        var (p50, p99) = latencies is null ? ("", "") : Percentiles(latencies);
        return $"| {what} | {callers} | {pairs / elapsed.TotalSeconds:N0} | {cpu.TotalMicroseconds / pairs:N1} | "
            + $"{p50} | {p99} | {flushes:N0} | {allocated / pairs:N0} |";
    }

    private static (string P50, string P99) Percentiles(long[] ticks)
    {
        Array.Sort(ticks);
        string Micros(double part) => $"{ticks[(int)(part * (ticks.Length - 1))] * 1e6 / Stopwatch.Frequency:N0}";
        return (Micros(0.50), Micros(0.99));
    }
}
