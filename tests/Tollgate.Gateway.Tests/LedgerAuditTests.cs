using System.Globalization;
using System.Text.Json;
using Tollgate.Metering.Usage;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;

namespace Tollgate.Gateway.Tests;

public class LedgerAuditTests
{
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
        await using var gate = await TestGateway.InFrontOfAsync(provider.BaseAddress);
        var random = new Random(42);
        var calls = Enumerable.Range(0, 1000).Select(index => MixedCall.Draw(index, random)).ToList();

        await Task.WhenAll(calls.Select(call => call.SendAsync(gate)));

        var billed = await BillOf(provider.BaseAddress);
        var records = await gate.RecordsAsync(billed.Count);
        while ((await gate.Ledger.Query.ListInFlightAttemptsAsync()).Count > 0)
            await Task.Yield();
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

    private static void AssertBooked(BillLine line, List<UsageRecord> records)
    {
        var record = records.ShouldHaveSingleItem($"{line.ResponseId} was billed once, so it must be booked once.");
        // A caller may leave after the provider was done and before the gate had read all of it.
        if (record.UsageSource != UsageSource.Reported)
        {
            record.Outcome.ShouldBe(CallOutcome.ClientDisconnected);
            return;
        }

        record.Usage.InputTokens.ShouldBe(line.Input);
        record.Usage.OutputTokens.ShouldBe(line.Output);
        record.Usage[UsageKind.CacheRead].ShouldBe(line.CacheRead);
        record.Usage[UsageKind.OutputReasoning].ShouldBe(line.Reasoning);
        record.Cost!.Value.Usd.ShouldBe(line.Cost);
    }

    private static async Task<List<BillLine>> BillOf(Uri provider)
    {
        using var client = new HttpClient();
        await client.GetStringAsync(new Uri(provider, "/bill?wait=20000"));
        var lines = await client.GetStringAsync(new Uri(provider, "/bill/calls?limit=100000"));
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(BillLine.Parse)];
    }

    private sealed record BillLine(
        string ResponseId,
        string State,
        long Input,
        long CacheRead,
        long Output,
        long Reasoning,
        decimal Cost
    )
    {
        public static BillLine Parse(string line)
        {
            var json = JsonDocument.Parse(line).RootElement;
            var kinds = json.GetProperty("kinds");
            long Kind(string name) => kinds.TryGetProperty(name, out var count) ? count.GetInt64() : 0;
            return new BillLine(
                json.GetProperty("response_id").GetString()!,
                json.GetProperty("state").GetString()!,
                Kind("input_text")
                    + Kind("input_audio")
                    + Kind("input_image")
                    + Kind("cache_read")
                    + Kind("cache_write_5m")
                    + Kind("cache_write_1h"),
                Kind("cache_read"),
                Kind("output_text") + Kind("output_reasoning") + Kind("output_audio") + Kind("output_image"),
                Kind("output_reasoning"),
                decimal.Parse(json.GetProperty("cost_usd").GetString()!, CultureInfo.InvariantCulture)
            );
        }
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
            int? leave = streams && random.Next(10) == 0 ? random.Next(1, 2000) : null;
            return (index % 4) switch
            {
                0 => new(
                    "/v1/chat/completions",
                    $$"""{"model":"gpt-4o","stream":{{(streams ? "true" : "false")}},"messages":[{"role":"user","content":"{{script}}"}]}""",
                    leave
                ),
                1 => new(
                    "/v1/responses",
                    $$"""{"model":"gpt-5","stream":{{(streams ? "true" : "false")}},"input":"{{script}}"}""",
                    leave
                ),
                2 => new(
                    "/v1/messages",
                    $$"""{"model":"claude-sonnet-4-5","max_tokens":500,"stream":{{(streams ? "true" : "false")}},"messages":[{"role":"user","content":"{{script}}"}]}""",
                    leave
                ),
                _ => new(
                    $"/v1beta/models/gemini-2.5-flash:{(streams ? "streamGenerateContent?alt=sse" : "generateContent")}",
                    $$"""{"contents":[{"parts":[{"text":"{{script}}"}]}]}""",
                    leave
                ),
            };
        }

        public async Task SendAsync(TestGateway gate)
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
