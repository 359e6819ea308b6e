using System.Diagnostics;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Accounting.Usage;
using Tollgate.Operations;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Ledger.Bench;

/// <summary>The use cases of the API on the ledger of <see cref="ScaleCalls"/>, filled if it is empty.</summary>
internal static class ScaleRun
{
    private const int Batch = 20_000,
        Rounds = 20;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(8);

    public static async Task RunAsync(LedgerOptions options, int records, string only, TextWriter output)
    {
        // The workspace below uses the same store of a server.
        await using var store = options.OpenStore();
        var watch = Stopwatch.StartNew();
        await store.MigrateAsync();
        await output.WriteLineAsync($"Schema migrated in {watch.Elapsed.TotalSeconds:N1} s.");
        await FillAsync(store, records, output);

        await output.WriteLineAsync($"Peak memory before the queries: {PeakMegabytes():N0} MB.");
        await output.WriteLineAsync();
        await output.WriteLineAsync("| query | rows | first ms | median ms | p95 ms |");
        await output.WriteLineAsync("| --- | ---: | ---: | ---: | ---: |");
        // The store of a server belongs to the caller, so the workspace is not disposed of.
        var usage = new UsageOperations(
            new Workspace(new WorkspaceOptions { Ledger = options }),
            UsageReach.Everything
        );
        foreach (var (name, ask) in ScaleQuestions.Create(usage))
            if (name.Contains(only, StringComparison.Ordinal))
                await output.WriteLineAsync(await MeasureAsync(name, ask));
        await output.WriteLineAsync();
        await output.WriteLineAsync($"Peak memory: {PeakMegabytes():N0} MB.");
    }

    private static async Task FillAsync(ILedgerStore store, int records, TextWriter output)
    {
        if ((await new UsageQuery(store).TotalsAsync(UsagePeriod.All)).Calls > 0)
            return;
        var watch = Stopwatch.StartNew();
        var done = 0;
        foreach (var batch in new ScaleCalls().Make(records).Chunk(Batch))
        {
            await store.AppendAsync(batch);
            done += batch.Length;
            if (done % 1_000_000 < Batch)
                await output.WriteLineAsync($"{done:N0} records after {watch.Elapsed.TotalSeconds:N0} s");
        }
    }

    private static async Task<string> MeasureAsync(string name, Func<Task<int>> ask)
    {
        try
        {
            var (first, rows) = await TimeAsync(ask);
            var times = new List<double>();
            var watch = Stopwatch.StartNew();
            while (times.Count < Rounds && (times.Count < 3 || watch.Elapsed < MaxTime))
                times.Add((await TimeAsync(ask)).Milliseconds);
            times.Sort();
            var (median, p95) = (times[times.Count / 2], times[(int)(0.95 * (times.Count - 1))]);
            return $"| {name} | {rows:N0} | {first:N1} | {median:N1} | {p95:N1} |";
        }
        catch (OperationException refusal)
        {
            return $"| {name} | | | refused: {refusal.Message} | |";
        }
    }

    private static async Task<(double Milliseconds, int Rows)> TimeAsync(Func<Task<int>> ask)
    {
        var watch = Stopwatch.StartNew();
        var rows = await ask();
        return (watch.Elapsed.TotalMilliseconds, rows);
    }

    private static double PeakMegabytes() => Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
}
