using System.Diagnostics;
using Tollgate.Accounting.ImportExport;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Ledger.Bench;

/// <summary>
/// The cost of queries on a ledger of a given size: a month of calls over a hundred keys and eight models.
/// </summary>
internal static class QueryRun
{
    /// <summary>The length of the month.</summary>
    public const int Days = 30;

    /// <summary>The start of the month.</summary>
    public static readonly DateTimeOffset Start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(ILedgerStore store, int records, TextWriter output)
    {
        await store.MigrateAsync();
        var filled = await FillAsync(store, records);
        await output.WriteLineAsync($"{records:N0} records booked in batches of 5,000: {filled:N0}/s");
        await output.WriteLineAsync();
        await output.WriteLineAsync("| question | first ms | median ms of 20 |");
        await output.WriteLineAsync("| --- | ---: | ---: |");

        var query = new UsageQuery(store);
        var month = new UsagePeriod(Start, Start.AddDays(Days));
        var ragged = new UsagePeriod(Start.AddDays(3).AddSeconds(100), Start.AddDays(20).AddSeconds(1234));
        await TimeAsync("totals of the month", () => query.TotalsAsync(month));
        await TimeAsync("totals of 17 days, not on slots", () => query.TotalsAsync(ragged));
        await TimeAsync(
            "totals of one key's month",
            () => query.TotalsAsync(month, [UsageFilter.Equal(UsageDimension.Key, "key-7")])
        );
        await TimeAsync("the month by model", () => query.GroupAsync(month, UsageDimension.Model));
        await TimeAsync("the month by key", () => query.GroupAsync(month, UsageDimension.Key));
        await TimeAsync("the month by day", () => query.SeriesAsync(month, UsageBucket.Day, TimeZoneInfo.Utc));
        await TimeAsync("tail 10", () => query.TailAsync(10));
        await TimeAsync(
            "a page of 100 from the middle",
            () => query.ListAsync(new UsageSelection { Period = new(Start.AddDays(15), null), Limit = 100 })
        );
        await ExportAsync(query, records, output);

        Task TimeAsync<T>(string name, Func<Task<T>> ask) => WriteTimeAsync(output, name, ask);
    }

    /// <summary>Writes the time of the first run and the median of the following ones.</summary>
    public static async Task WriteTimeAsync<T>(TextWriter output, string name, Func<Task<T>> ask)
    {
        var first = await MillisecondsAsync(ask);
        var times = new List<double>();
        for (var i = 0; i < 20 && (i < 5 || first < 2000); i++)
            times.Add(await MillisecondsAsync(ask));
        await output.WriteLineAsync($"| {name} | {first:N2} | {times.Order().ElementAt(times.Count / 2):N2} |");
    }

    private static async Task<double> FillAsync(ILedgerStore store, int records)
    {
        var random = new Random(1);
        var watch = Stopwatch.StartNew();
        for (var done = 0; done < records; done += 5000)
            await store.AppendAsync([
                .. Enumerable
                    .Range(done, Math.Min(5000, records - done))
                    .Select(index => Record(random, index, records)),
            ]);
        return records / watch.Elapsed.TotalSeconds;
    }

    private static UsageRecord Record(Random random, int index, int records)
    {
        var at = Start.AddTicks(TimeSpan.FromDays(Days).Ticks / records / 10 * 10 * index);
        var key = random.Next(100);
        return new UsageRecord
        {
            Id = new CallId(Guid.CreateVersion7(at), 1),
            StartedAt = at,
            Duration = TimeSpan.FromMilliseconds(random.Next(20_000)),
            Provider = "openai",
            Model = $"model-{random.Next(8)}",
            Operation = "chat",
            Attribution = new Attribution
            {
                KeyId = $"key-{key}",
                User = $"user-{key}",
                Project = $"project-{key % 10}",
                Session = $"session-{random.Next(100_000)}",
            },
            Usage = new TokenUsage
            {
                [UsageKind.InputText] = random.Next(10_000),
                [UsageKind.OutputText] = random.Next(2_000),
            },
            UsageSource = UsageSource.Reported,
            Cost = Money.FromPico(random.NextInt64(1_000_000_000)),
            CostSource = "bench",
            Outcome = CallOutcome.Completed,
        };
    }

    private static async Task ExportAsync(UsageQuery query, int records, TextWriter output)
    {
        var watch = Stopwatch.StartNew();
        await UsageExport.WriteCsvAsync(
            query.ReadAsync(new UsageSelection { Order = UsageOrder.OldestFirst }),
            Stream.Null
        );
        await output.WriteLineAsync(
            $"| all of it as CSV | {watch.Elapsed.TotalMilliseconds:N0} | {records / watch.Elapsed.TotalSeconds:N0} "
                + $"records/s |"
        );
        await output.WriteLineAsync();
        await output.WriteLineAsync($"Peak memory: {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} MB.");
    }

    private static async Task<double> MillisecondsAsync<T>(Func<Task<T>> ask)
    {
        var watch = Stopwatch.StartNew();
        await ask();
        return watch.Elapsed.TotalMilliseconds;
    }
}
