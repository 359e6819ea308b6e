using System.Net;
using System.Text.Json.Nodes;

namespace Tollgate.SimulatedProvider.Tests;

public sealed class OpenAIResponsesTests
{
    [Fact]
    public async Task A_plain_response_states_its_usage()
    {
        await using var provider = await Provider.StartAsync();
        var response = await provider.ResponsesAsync("[[sim input=300 cached=256 output=40 reasoning=32]]").JsonAsync();

        response["id"]!.GetValue<string>().ShouldStartWith("resp_");
        response["status"]!.GetValue<string>().ShouldBe("completed");
        response["output"]!
            .AsArray()
            .Select(item => item!["type"]!.GetValue<string>())
            .ShouldBe(["reasoning", "message"]);
        var usage = response["usage"]!;
        usage.Count("input_tokens").ShouldBe(300);
        usage.Count("input_tokens_details", "cached_tokens").ShouldBe(256);
        usage.Count("output_tokens").ShouldBe(40);
        usage.Count("output_tokens_details", "reasoning_tokens").ShouldBe(32);
        usage.Count("total_tokens").ShouldBe(340);
    }

    [Fact]
    public async Task A_stream_has_the_usual_events_numbered_without_gaps()
    {
        await using var provider = await Provider.StartAsync();
        var events = await provider.ResponsesAsync("[[sim output=4 chunks=2]]", stream: true).EventsAsync();

        events
            .Select(e => e.Name)
            .ShouldBe([
                "response.created",
                "response.in_progress",
                "response.output_item.added",
                "response.content_part.added",
                "response.output_text.delta",
                "response.output_text.delta",
                "response.output_text.done",
                "response.content_part.done",
                "response.output_item.done",
                "response.completed",
            ]);
        events.Select(e => e.Json()["type"]!.GetValue<string>()).ShouldBe(events.Select(e => e.Name!));
        events.Select(e => e.Json().Count("sequence_number")).ShouldBe(Enumerable.Range(0, 10).Select(i => (long)i));
        events[0].Json()["response"]!["usage"].ShouldBeNull();
        events[^1].Json()["response"]!["usage"]!.Count("output_tokens").ShouldBe(4);
        var text = events[4].Json()["delta"]!.GetValue<string>() + events[5].Json()["delta"]!.GetValue<string>();
        events[^1].Json()["response"]!["output"]![0]!["content"]![0]!["text"]!.GetValue<string>().ShouldBe(text);
    }

    [Fact]
    public async Task An_incomplete_stream_ends_with_response_incomplete_and_its_usage()
    {
        await using var provider = await Provider.StartAsync();
        var events = await provider.ResponsesAsync("[[sim incomplete=1 output=9]]", stream: true).EventsAsync();
        events[^1].Name.ShouldBe("response.incomplete");
        var response = events[^1].Json()["response"]!;
        response["incomplete_details"]!["reason"]!.GetValue<string>().ShouldBe("max_output_tokens");
        response["usage"]!.Count("output_tokens").ShouldBe(9);
    }

    [Fact]
    public async Task A_failure_half_way_ends_with_response_failed_and_is_billed_as_cut()
    {
        await using var provider = await Provider.StartAsync();
        var events = await provider
            .ResponsesAsync("[[sim midstream_error=1 input=10 output=8 chunks=4]]", stream: true)
            .EventsAsync();
        events[^1].Name.ShouldBe("response.failed");
        events[^1].Json()["response"]!["usage"].ShouldBeNull();
        var bill = await provider.BillAsync();
        bill.Count("complete", "calls").ShouldBe(0);
        bill.Count("cut", "kinds", "output_text").ShouldBe(4);
    }

    [Fact]
    public async Task Tool_calls_and_refusals_have_their_own_events()
    {
        await using var provider = await Provider.StartAsync();
        var tool = await provider
            .ResponsesAsync("[[sim tool=get_weather output=4 chunks=2]]", stream: true)
            .EventsAsync();
        var deltas = tool.Where(e => e.Name == "response.function_call_arguments.delta")
            .Select(e => e.Json()["delta"]!.GetValue<string>());
        var done = tool.Single(e => e.Name == "response.function_call_arguments.done").Json();
        string.Concat(deltas).ShouldBe(done["arguments"]!.GetValue<string>());
        JsonNode.Parse(done["arguments"]!.GetValue<string>())!["location"].ShouldNotBeNull();

        var refusal = await provider.ResponsesAsync("[[sim refusal=1 output=4]]", stream: true).EventsAsync();
        refusal.ShouldContain(e => e.Name == "response.refusal.done");
        refusal.ShouldNotContain(e => e.Name == "response.output_text.delta");
    }

    [Fact]
    public async Task Embeddings_are_floats_or_base64_of_the_same_floats()
    {
        await using var provider = await Provider.StartAsync();
        var body = new JsonObject
        {
            ["model"] = "text-embedding-3-small",
            ["input"] = new JsonArray("one", "two [[sim input=9]]"),
            ["dimensions"] = 8,
        };
        var floats = await provider.PostAsync("/v1/embeddings", body).JsonAsync();
        floats["data"]!.AsArray().Count.ShouldBe(2);
        var expected = floats["data"]![1]!["embedding"]!.AsArray().Select(n => n!.GetValue<float>()).ToArray();
        expected.Length.ShouldBe(8);
        floats["usage"]!.Count("prompt_tokens").ShouldBe(9);

        body["encoding_format"] = "base64";
        var packed = await provider.PostAsync("/v1/embeddings", body).JsonAsync();
        var bytes = Convert.FromBase64String(packed["data"]![1]!["embedding"]!.GetValue<string>());
        Enumerable.Range(0, 8).Select(i => BitConverter.ToSingle(bytes, i * 4)).ShouldBe(expected);
    }

    [Fact]
    public async Task Kinds_that_an_API_cannot_state_are_refused()
    {
        await using var provider = await Provider.StartAsync();
        var error = await provider.ResponsesAsync("[[sim cache1h=5]]").JsonAsync(HttpStatusCode.BadRequest);
        error["error"]!["message"]!.GetValue<string>().ShouldContain("'cache1h'");
    }
}
