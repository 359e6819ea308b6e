using System.Diagnostics;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;

namespace Tollgate.Ledger.Bench;

/// <summary>Callers that open an attempt and book it, one pair after another, waiting for both each time.</summary>
internal static class LedgerRun
{
    public static async Task<string> MeasureAsync(string folder, int callers, int pairs)
    {
        var calls = Calls.Make(pairs);
        var latencies = new long[pairs];
        await using var ledger = await UsageLedger.OpenAsync(new LedgerOptions { DataFolder = folder });
        var measurement = new Measurement("ledger, open + append", callers, pairs);
        var next = -1;
        await Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        for (int i; (i = Interlocked.Increment(ref next)) < pairs;)
                        {
                            var started = Stopwatch.GetTimestamp();
                            await ledger.BeginAttemptAsync(calls[i].Open);
                            await ledger.AppendAsync(calls[i].Booked);
                            latencies[i] = Stopwatch.GetTimestamp() - started;
                        }
                    })
                )
        );
        var row = measurement.Row((await ledger.ReadHealthAsync()).Commits, latencies);
        var booked = (await ledger.Query.TotalsAsync(UsagePeriod.All)).Calls;
        return booked == pairs
            ? row
            : throw new InvalidOperationException($"Only {booked} of {pairs} pairs are in the ledger.");
    }
}
