using Tollgate.Accounting.InFlight;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.PostgreSql;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Usage;

// Usage: Tollgate.CrashTarget FOLDER CALLERS [DATABASE-URL|"" [PAIRS]], with the durability in LEDGER_DURABILITY.
// Opens and books attempts until it is killed, or each caller has done
// so many pairs. It prints "opened ID" and "booked ID" after the ledger said so: whatever is on its output is a
// promise. Checkpoints come often, so that a kill hits them too.
var options = new LedgerOptions
{
    DataFolder = args[0],
    CheckpointBytes = 256 * 1024,
    Durability = Environment.GetEnvironmentVariable("LEDGER_DURABILITY") is { } durability
        ? Enum.Parse<LedgerDurability>(durability)
        : LedgerDurability.Strict,
};
if (args.Length > 2 && args[2].Length > 0)
    options = options.WithUrl(args[2], PostgreSqlStores.Factory);
var pairs = args.Length > 3 ? int.Parse(args[3]) : int.MaxValue;
await using var ledger = await UsageLedger.OpenAsync(options);
var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
await Task.WhenAll(Enumerable.Range(0, int.Parse(args[1])).Select(_ => Task.Run(CallAsync)));

async Task CallAsync()
{
    for (var pair = 0; pair < pairs; pair++)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = new CallId(Guid.CreateVersion7(now), 1);
        var bound = new TokenUsage { [UsageKind.InputText] = 100, [UsageKind.OutputText] = 1000 };
        await ledger.BeginAttemptAsync(
            new InFlightAttempt
            {
                Id = id,
                StartedAt = now,
                Provider = "openai",
                Model = "gpt-4o",
                Operation = "chat",
                UpperBound = bound,
            }
        );
        output.WriteLine($"opened {id.Call:D}");
        await ledger.AppendAsync(
            new UsageRecord
            {
                Id = id,
                StartedAt = now,
                Provider = "openai",
                Model = "gpt-4o",
                Operation = "chat",
                Usage = new TokenUsage { [UsageKind.InputText] = 100, [UsageKind.OutputText] = 10 },
                UsageSource = UsageSource.Reported,
                Outcome = CallOutcome.Completed,
                Cost = Money.Round(0.00035m),
            }
        );
        output.WriteLine($"booked {id.Call:D}");
    }
}
