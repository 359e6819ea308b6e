using System.Text.Json;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Usage;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Durability;

[Trait("Needs", "Process")]
public class KillTests
{
    private const long Limit = 2_000_000_000; // Never reached: it only counts.

    private static readonly int Rounds = Environment.GetEnvironmentVariable("TOLLGATE_LONG") == "1" ? 20 : 4;

    [Theory]
    [InlineData("strict")]
    [InlineData("process")]
    public async Task Loses_nothing_that_a_caller_holds_and_nothing_that_the_provider_billed_when_killed(
        string durability
    )
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder.File("tollgate.yaml"),
            $"{{ledger: {{durability: {durability}}}, limits: [{{limit: output_tokens_per_year={Limit}}}]}}"
        );
        var random = new Random(20261121);
        var load = new KillLoad();

        for (var round = 0; round < Rounds; round++)
        {
            // A random moment lies in the start (the first one migrates), under load, or in a checkpoint. On a slow
            // machine it always lies in the start, so every second kill comes after a random number of calls.
            using var gate = Start(folder, provider.BaseAddress);
            using var stop = new CancellationTokenSource();
            var calls = load.RunAsync(gate.Address, stop.Token);
            if (round % 2 == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(100, 4000)));
            else
                await load.ServesAsync(random.Next(100, 2000));
            gate.Kill();
            await stop.CancelAsync();
            await calls;
        }

        var bill = await ProviderBill.ReadAsync(provider.BaseAddress);
        var records = await RecordsAfterTheNextStart(folder, provider.BaseAddress);
        load.Whole.Count.ShouldBeGreaterThan(100, "the gateway must have served something before it was killed");

        foreach (var call in load.Whole)
            records[call]
                .Where(record => record.UsageSource == UsageSource.Reported)
                .ShouldHaveSingleItem($"{call} reached its caller whole.");
        foreach (var line in bill)
        {
            var booked = records[line.ScriptId].Where(record => record.UsageSource != UsageSource.Missing).ToList();
            booked.ShouldHaveSingleItem($"{line.ScriptId} was billed, {line.State}.");
            if (booked[0].UsageSource == UsageSource.Reported)
                booked[0].Usage.TotalTokens.ShouldBe(line.Total);
        }

        (await CountedOutputTokensAsync(folder)).ShouldBe(
            records.SelectMany(static call => call).Sum(static record => record.Usage.OutputTokens),
            "limits and ledger are one truth"
        );
    }

    /// <summary>What the limit has counted, beside what the ledger contains.</summary>
    private static async Task<long> CountedOutputTokensAsync(TemporaryFolder folder)
    {
        var run = await GatewayProcess.RunAsync(["limits", "check", "--data", folder.Path, "--format", "json"]);
        using var limits = JsonDocument.Parse(run.ShouldSucceed());
        return limits.RootElement[0].GetProperty("used").GetInt64();
    }

    private static GatewayProcess Start(TemporaryFolder folder, Uri provider) =>
        GatewayProcess.Serve(
            folder.Path,
            ("TOLLGATE_LEDGER_CHECKPOINT", "256KiB"),
            ("OPENAI_API_KEY", "x"),
            ("OPENAI_BASE_URL", $"{provider}v1"),
            ("ANTHROPIC_API_KEY", "x"),
            ("ANTHROPIC_BASE_URL", provider.ToString()),
            ("GEMINI_API_KEY", "x"),
            ("GEMINI_BASE_URL", provider.ToString())
        );

    private static async Task<ILookup<string, UsageRecord>> RecordsAfterTheNextStart(
        TemporaryFolder folder,
        Uri provider
    )
    {
        using (var gate = Start(folder, provider))
        {
            await gate.Address;
            (await gate.TerminateAsync()).ShouldBe(0);
        }

        var query = UsageLedger.OpenReadOnly(new LedgerOptions { DataFolder = folder.Path });
        (await query.ListInFlightAttemptsAsync()).ShouldBeEmpty();
        return (await query.TailAsync(int.MaxValue)).ToLookup(record => record.Attribution.Session!);
    }
}
