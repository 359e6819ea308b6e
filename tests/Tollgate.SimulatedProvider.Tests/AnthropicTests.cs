using System.Net;
using System.Text.Json.Nodes;

namespace Tollgate.SimulatedProvider.Tests;

public sealed class AnthropicTests
{
    private const string Cached = "[[sim input=1200 cached=1000 cache5m=10 cache1h=5 output=50]]";

    [Fact]
    public async Task A_plain_message_counts_its_input_without_the_cached_tokens()
    {
        await using var provider = await Provider.StartAsync();
        var message = await provider.MessagesAsync(Cached).JsonAsync();
        message["id"]!.GetValue<string>().ShouldStartWith("msg_");
        message["stop_reason"]!.GetValue<string>().ShouldBe("end_turn");
        var usage = message["usage"]!;
        usage.Count("input_tokens").ShouldBe(185);
        usage.Count("cache_read_input_tokens").ShouldBe(1000);
        usage.Count("cache_creation_input_tokens").ShouldBe(15);
        usage.Count("cache_creation", "ephemeral_5m_input_tokens").ShouldBe(10);
        usage.Count("cache_creation", "ephemeral_1h_input_tokens").ShouldBe(5);
        usage.Count("output_tokens").ShouldBe(50);
    }

    [Fact]
    public async Task A_stream_states_input_first_and_output_last()
    {
        await using var provider = await Provider.StartAsync();
        var events = await provider
            .MessagesAsync("[[sim input=20 cached=12 output=6 chunks=2]]", stream: true)
            .EventsAsync();
        events
            .Select(e => e.Name)
            .ShouldBe([
                "message_start",
                "content_block_start",
                "ping",
                "content_block_delta",
                "content_block_delta",
                "content_block_stop",
                "message_delta",
                "message_stop",
            ]);
        var start = events[0].Json()["message"]!["usage"]!;
        start.Count("input_tokens").ShouldBe(8);
        start.Count("cache_creation", "ephemeral_5m_input_tokens").ShouldBe(0);
        start.Count("output_tokens").ShouldBe(1);
        events[^2].Json()["usage"]!.Count("output_tokens").ShouldBe(6);
        events[^2].Json()["usage"]!.Count("cache_read_input_tokens").ShouldBe(12);
    }

    [Fact]
    public async Task Thinking_comes_as_a_signed_block_before_the_text()
    {
        await using var provider = await Provider.StartAsync();
        var plain = await provider.MessagesAsync("[[sim output=30 reasoning=20]]").JsonAsync();
        plain["content"]!.AsArray().Select(block => block!["type"]!.GetValue<string>()).ShouldBe(["thinking", "text"]);
        plain["usage"]!.Count("output_tokens_details", "thinking_tokens").ShouldBe(20);

        var events = await provider
            .MessagesAsync("[[sim output=30 reasoning=20 chunks=1]]", stream: true)
            .EventsAsync();
        var deltas = events.Where(e => e.Name == "content_block_delta").Select(e => e.Json());
        deltas
            .Select(d => (d.Count("index"), d["delta"]!["type"]!.GetValue<string>()))
            .ShouldBe([(0, "thinking_delta"), (0, "signature_delta"), (1, "text_delta")]);
        events[^2].Json()["usage"]!.Count("output_tokens").ShouldBe(30);
    }

    [Fact]
    public async Task The_input_deltas_of_a_tool_use_join_to_JSON()
    {
        await using var provider = await Provider.StartAsync();
        var events = await provider
            .MessagesAsync("[[sim tool=get_weather output=9 chunks=3]]", stream: true)
            .EventsAsync();
        events[1].Json()["content_block"]!["name"]!.GetValue<string>().ShouldBe("get_weather");
        var input = string.Concat(
            events
                .Where(e => e.Name == "content_block_delta")
                .Select(e => e.Json()["delta"]!["partial_json"]!.GetValue<string>())
        );
        JsonNode.Parse(input)!["location"]!.GetValue<string>().ShouldBe("Paris");
        events[^2].Json()["delta"]!["stop_reason"]!.GetValue<string>().ShouldBe("tool_use");

        var plain = await provider.MessagesAsync("[[sim tool=get_weather]]").JsonAsync();
        plain["content"]![0]!["input"]!["location"]!.GetValue<string>().ShouldBe("Paris");
    }

    [Fact]
    public async Task Counting_tokens_is_free()
    {
        await using var provider = await Provider.StartAsync();
        var body = Provider.AnthropicBody("[[sim input=321]]");
        (await provider.PostAsync("/v1/messages/count_tokens", body).JsonAsync()).Count("input_tokens").ShouldBe(321);
        (await provider.BillAsync()).Count("complete", "calls").ShouldBe(0);
    }

    [Fact]
    public async Task Errors_carry_the_request_id_in_body_and_header()
    {
        await using var provider = await Provider.StartAsync();
        using var response = await provider.MessagesAsync("[[sim error=529]]");
        response.StatusCode.ShouldBe((HttpStatusCode)529);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(Provider.Token))!;
        error["error"]!["type"]!.GetValue<string>().ShouldBe("overloaded_error");
        error["request_id"]!.GetValue<string>().ShouldBe(response.Headers.GetValues("request-id").Single());
    }

    [Fact]
    public async Task An_error_half_way_is_an_error_event()
    {
        await using var provider = await Provider.StartAsync();
        var events = await provider.MessagesAsync("[[sim midstream_error=1]]", stream: true).EventsAsync();
        events[^1].Name.ShouldBe("error");
        events[^1].Json()["error"]!["type"]!.GetValue<string>().ShouldBe("overloaded_error");
    }
}
