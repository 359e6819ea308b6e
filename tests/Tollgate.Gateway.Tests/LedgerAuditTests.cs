using System.Globalization;
using Tollgate.Metering.Usage;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests;

public class LedgerAuditTests
{
    private static readonly string[] InputKinds =
    [
        "input_text",
        "input_audio",
        "input_image",
        "cache_read",
        "cache_write_5m",
        "cache_write_1h",
    ];

    private static readonly string[] OutputKinds = ["output_text", "output_reasoning", "output_audio", "output_image"];

    [Fact]
    public async Task Agrees_with_the_providers_bill_after_a_thousand_calls_with_failures_and_disconnects()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(
            new SimulatedProviderOptions
            {
                Failures = new RandomFailures
                {
                    RateLimit = 0.05,
                    ServerError = 0.05,
                    Cut = 0.05,
                    Seed = 7,
                },
            },
            default
        );
        await using var gate = await InProcessGateway.StartAsync(provider.BaseAddress);
        var random = new Random(42);
        var calls = Enumerable.Range(0, 1000).Select(index => MixedCall.Draw(index, random)).ToList();

        await Task.WhenAll(calls.Select(call => call.SendAsync(gate)));

        var billed = await ProviderBill.ReadAsync(provider.BaseAddress);
        var records = await gate.RecordsAsync(billed.Count);
        await Eventually.BecomesTrueAsync(async () => (await gate.Ledger.Query.ListInFlightAttemptsAsync()).Count == 0);
        records = await gate.RecordsAsync();

        var byResponse = records.Where(record => record.ResponseId is not null).ToLookup(record => record.ResponseId!);
        foreach (var line in billed.Where(line => line.State == "complete"))
            AssertBooked(line, byResponse[line.ResponseId].ToList());

        // What the provider cut off, or lost to a caller who left, is in the ledger too, and says that it is estimated.
        var reported = records.Count(record => record.UsageSource == UsageSource.Reported);
        reported.ShouldBeLessThanOrEqualTo(billed.Count);
        records.Count(record => record.UsageSource != UsageSource.Missing).ShouldBeGreaterThanOrEqualTo(billed.Count);
        records
            .Where(record => record.Outcome is CallOutcome.UpstreamCut)
            .ShouldAllBe(record => record.UsageSource != UsageSource.Missing);
    }

    private static void AssertBooked(ProviderBillLine line, List<UsageRecord> records)
    {
        var record = records.ShouldHaveSingleItem($"{line.ResponseId} was billed once, so it must be booked once.");
        // A caller may leave after the provider was done and before the gate had read all of it.
        if (record.UsageSource != UsageSource.Reported)
        {
            record.Outcome.ShouldBe(CallOutcome.ClientDisconnected);
            return;
        }

        record.Usage.InputTokens.ShouldBe(line.Sum(InputKinds));
        record.Usage.OutputTokens.ShouldBe(line.Sum(OutputKinds));
        record.Usage[UsageKind.CacheRead].ShouldBe(line.Sum("cache_read"));
        record.Usage[UsageKind.OutputReasoning].ShouldBe(line.Sum("output_reasoning"));
        record.Cost!.Value.Usd.ShouldBe(line.Cost!.Value);
    }

    private sealed record MixedCall(string Path, string Json, int? LeaveAfterBytes)
    {
        public static MixedCall Draw(int index, Random random)
        {
            var input = random.Next(10, 5000);
            var script = string.Create(
                CultureInfo.InvariantCulture,
                $"[[sim id=c{index} input={input} cached={random.Next(0, input)} output={random.Next(30, 400)} "
                    + $"reasoning={random.Next(0, 30)} chunks={random.Next(1, 12)} ttft={random.Next(0, 4)}ms]]"
            );
            var streams = random.Next(2) == 0;
            var stream = streams ? "true" : "false";
            var messages = $$"""[{"role":"user","content":"{{script}}"}]""";
            int? leave = streams && random.Next(10) == 0 ? random.Next(1, 2000) : null;
            return (index % 4) switch
            {
                0 => new(
                    "/v1/chat/completions",
                    $$"""{"model":"gpt-4o","stream":{{stream}},"messages":{{messages}}}""",
                    leave
                ),
                1 => new("/v1/responses", $$"""{"model":"gpt-5","stream":{{stream}},"input":"{{script}}"}""", leave),
                2 => new(
                    "/v1/messages",
                    $$"""{"model":"claude-sonnet-4-5","max_tokens":500,"stream":{{stream}},"messages":{{messages}}}""",
                    leave
                ),
                _ => new(
                    "/v1beta/models/gemini-2.5-flash:"
                        + (streams ? "streamGenerateContent?alt=sse" : "generateContent"),
                    $$"""{"contents":[{"parts":[{"text":"{{script}}"}]}]}""",
                    leave
                ),
            };
        }

        public async Task SendAsync(InProcessGateway gate)
        {
            try
            {
                using var answer = await gate.PostAsync(Path, Json);
                await using var body = await answer.Content.ReadAsStreamAsync();
                if (LeaveAfterBytes is { } count)
                    await body.ReadAtLeastAsync(new byte[count], count, throwOnEndOfStream: false);
                else
                    await body.CopyToAsync(Stream.Null);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                // The provider cuts one call in twenty, and the gate passes that on.
            }
        }
    }
}
