using System.Net;
using System.Text.Json.Nodes;
using Tollgate.SimulatedProvider.Scripting;

namespace Tollgate.SimulatedProvider.Tests;

public sealed class BillTests
{
    [Fact]
    public async Task Bills_what_it_put_on_the_wire()
    {
        await using var provider = await Provider.StartAsync();
        var chat = await provider
            .ChatAsync("[[sim input=1200 cached=1000 output=50 reasoning=20 audio_in=3 audio_out=4]]")
            .JsonAsync();
        var message = await provider
            .MessagesAsync("[[sim input=1200 cached=1000 cache5m=10 cache1h=5 output=50 reasoning=7]]")
            .JsonAsync();
        var gemini = await provider
            .GeminiAsync("generateContent", "[[sim input=90 cached=9 output=20 reasoning=8]]")
            .JsonAsync();

        var models = (await provider.BillAsync())["complete"]!["models"]!
            .AsArray()
            .ToDictionary(line => line!["model"]!.GetValue<string>());
        ShouldEqual(models["gpt-4o"]!["wire"]!, chat["usage"]!);
        ShouldEqual(models["claude-sonnet-4-5"]!["wire"]!, message["usage"]!);
        var wire = models["gemini-2.5-flash"]!["wire"]!;
        foreach (
            var name in new[]
            {
                "promptTokenCount",
                "cachedContentTokenCount",
                "candidatesTokenCount",
                "thoughtsTokenCount",
                "totalTokenCount",
            }
        )
            wire.Count(name).ShouldBe(gemini["usageMetadata"]!.Count(name));
    }

    [Fact]
    public async Task Its_kinds_do_not_overlap()
    {
        await using var provider = await Provider.StartAsync();
        await provider
            .ChatAsync("[[sim input=1200 cached=1000 output=50 reasoning=20 audio_in=3 audio_out=4]]")
            .JsonAsync();
        var kinds = (await provider.BillAsync())["complete"]!["kinds"]!;
        kinds.Count("input_text").ShouldBe(197);
        kinds.Count("cache_read").ShouldBe(1000);
        kinds.Count("input_audio").ShouldBe(3);
        kinds.Count("output_text").ShouldBe(26);
        kinds.Count("output_reasoning").ShouldBe(20);
        kinds.Count("output_audio").ShouldBe(4);
    }

    [Fact]
    public async Task Every_billed_call_is_listed_once_and_can_be_paged()
    {
        await using var provider = await Provider.StartAsync();
        for (var i = 1; i <= 3; i++)
            await provider.ChatAsync("[[sim id=call" + i + " input=10 output=" + i + "]]").JsonAsync();
        var calls = await provider.CallsAsync();
        calls.Select(call => call["script_id"]!.GetValue<string>()).ShouldBe(["call1", "call2", "call3"]);
        calls.Select(call => call["response_id"]!.GetValue<string>()).Distinct().Count().ShouldBe(3);
        calls[0]["state"]!.GetValue<string>().ShouldBe("complete");
        (await provider.CallsAsync("&after=1&limit=1")).Single().Count("seq").ShouldBe(2);
    }

    [Fact]
    public async Task Totals_only_keeps_no_lines()
    {
        await using var provider = await Provider.StartAsync(new SimulatedProviderOptions { ListedCalls = 0 });
        await provider.ChatAsync("[[sim output=2]]").JsonAsync();
        (await provider.CallsAsync()).ShouldBeEmpty();
        var bill = await provider.BillAsync();
        bill.Count("not_listed").ShouldBe(1);
        bill.Count("complete", "calls").ShouldBe(1);
    }

    [Fact]
    public async Task A_reset_forgets_everything()
    {
        await using var provider = await Provider.StartAsync();
        await provider.ChatAsync("").JsonAsync();
        await provider.ChatAsync("[[sim error=429]]").JsonAsync(HttpStatusCode.TooManyRequests);
        using var response = await provider.Client.DeleteAsync("/bill", Provider.Token);
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var bill = await provider.BillAsync();
        bill.Count("complete", "calls").ShouldBe(0);
        bill.Count("refused", "calls").ShouldBe(0);
        (await provider.CallsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Concurrent_calls_are_all_billed()
    {
        await using var provider = await Provider.StartAsync();
        await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(i =>
                    i % 2 == 0
                        ? provider.ChatAsync("[[sim input=11 output=5]]").TextAsync()
                        : provider.MessagesAsync("[[sim input=11 output=5]]", stream: true).TextAsync()
                )
        );
        var bill = await provider.BillAsync();
        bill.Count("complete", "calls").ShouldBe(200);
        bill.Count("complete", "kinds", "input_text").ShouldBe(2200);
        bill.Count("complete", "kinds", "output_text").ShouldBe(1000);
        bill.Count("in_flight").ShouldBe(0);
    }

    private static void ShouldEqual(JsonNode wire, JsonNode usage)
    {
        foreach (var (path, count) in wire.AsObject())
            usage.Count(path.Split('.')).ShouldBe(count!.GetValue<long>(), path);
    }
}
