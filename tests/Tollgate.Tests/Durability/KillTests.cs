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
    private static readonly int Rounds = Environment.GetEnvironmentVariable("TOLLGATE_LONG") == "1" ? 20 : 4;

    [Fact]
    public async Task Loses_nothing_that_a_caller_holds_and_nothing_that_the_provider_billed_when_killed()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        using var folder = new TemporaryFolder();
        var random = new Random(20261121);
        var load = new KillLoad();

        for (var round = 0; round < Rounds; round++)
        {
            // A moment drawn at random lies in the start (the first one migrates), under load, or in a checkpoint.
            using var gate = Start(folder, provider.BaseAddress);
            using var stop = new CancellationTokenSource();
            var calls = load.RunAsync(gate.Address, stop.Token);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(100, 4000)));
            gate.Kill();
            await stop.CancelAsync();
            await calls;
        }

        var bill = await ProviderBill.ReadAsync(provider.BaseAddress);
        var records = await RecordsAfterTheNextStart(folder, provider.BaseAddress);
        load.Whole.Count.ShouldBeGreaterThan(100, "the gate must have served something before it was killed");

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
