using System.Text.Json.Nodes;

namespace Tollgate.SimulatedProvider.Tests;

public sealed class OpenAIChatTests
{
    [Fact]
    public async Task A_plain_answer_states_the_scripted_usage_in_OpenAIs_terms()
    {
        await using var provider = await Provider.StartAsync();
        var answer = await provider
            .ChatAsync("[[sim input=1200 cached=1000 output=50 reasoning=20 audio_in=3 audio_out=4]]")
            .JsonAsync();

        answer["id"]!.GetValue<string>().ShouldStartWith("chatcmpl-");
        answer["object"]!.GetValue<string>().ShouldBe("chat.completion");
        var usage = answer["usage"]!;
        usage.Count("prompt_tokens").ShouldBe(1200);
        usage.Count("completion_tokens").ShouldBe(50);
        usage.Count("total_tokens").ShouldBe(1250);
        usage.Count("prompt_tokens_details", "cached_tokens").ShouldBe(1000);
        usage.Count("prompt_tokens_details", "audio_tokens").ShouldBe(3);
        usage.Count("completion_tokens_details", "reasoning_tokens").ShouldBe(20);
        usage.Count("completion_tokens_details", "audio_tokens").ShouldBe(4);
    }

    [Fact]
    public async Task A_stream_ends_with_a_usage_chunk_without_choices_and_DONE()
    {
        await using var provider = await Provider.StartAsync();
        var events = await provider.ChatAsync("[[sim input=10 output=6 chunks=3]]", stream: true).EventsAsync();

        // role, three deltas, finish, usage, [DONE]
        events.Length.ShouldBe(7);
        events[^1].Data.ShouldBe("[DONE]");
        events[^2].Json()["choices"]!.AsArray().ShouldBeEmpty();
        events[^2].Json()["usage"]!.Count("completion_tokens").ShouldBe(6);
        foreach (var chunk in events[..^2])
        {
            chunk.Json().AsObject().ContainsKey("usage").ShouldBeTrue();
            chunk.Json()["usage"].ShouldBeNull();
        }

        events[0].Json()["choices"]![0]!["delta"]!["role"]!.GetValue<string>().ShouldBe("assistant");
        events[^3].Json()["choices"]![0]!["finish_reason"]!.GetValue<string>().ShouldBe("stop");
        var text = string.Concat(
            events[1..4].Select(e => e.Json()["choices"]![0]!["delta"]!["content"]!.GetValue<string>())
        );
        text.Split(' ').Length.ShouldBe(6);
    }

    [Fact]
    public async Task A_stream_without_include_usage_never_mentions_usage()
    {
        await using var provider = await Provider.StartAsync();
        var text = await provider.ChatAsync("[[sim output=3]]", stream: true, usage: false).TextAsync();
        text.ShouldNotContain("usage");
        text.ShouldEndWith("data: [DONE]\n\n");
    }

    [Fact]
    public async Task Several_choices_take_turns_and_share_the_output()
    {
        await using var provider = await Provider.StartAsync();
        var plain = await provider.ChatAsync("[[sim n=3 output=30]]").JsonAsync();
        plain["choices"]!.AsArray().Count.ShouldBe(3);

        var events = await provider.ChatAsync("[[sim n=2 output=8 chunks=2]]", stream: true).EventsAsync();
        var deltas = events[2..6].Select(e => e.Json()["choices"]![0]!.Count("index"));
        deltas.ShouldBe([0, 1, 0, 1]);
        events[^2].Json()["usage"]!.Count("completion_tokens").ShouldBe(8);
    }

    [Fact]
    public async Task The_argument_deltas_of_a_tool_call_join_to_JSON()
    {
        await using var provider = await Provider.StartAsync();
        var events = await provider
            .ChatAsync("[[sim tool=get_weather output=12 chunks=4]]", stream: true)
            .EventsAsync();
        var calls = events[..^3].Select(e => e.Json()["choices"]![0]!["delta"]!["tool_calls"]![0]!).ToArray();

        calls[0]["function"]!["name"]!.GetValue<string>().ShouldBe("get_weather");
        var arguments = string.Concat(calls.Select(call => call["function"]!["arguments"]!.GetValue<string>()));
        JsonNode.Parse(arguments)!["location"]!.GetValue<string>().ShouldBe("Paris");
        events[^3].Json()["choices"]![0]!["finish_reason"]!.GetValue<string>().ShouldBe("tool_calls");
    }

    [Fact]
    public async Task A_refusal_has_no_content()
    {
        await using var provider = await Provider.StartAsync();
        var message = (await provider.ChatAsync("[[sim refusal=1 output=4]]").JsonAsync())["choices"]![0]!["message"]!;
        message["content"].ShouldBeNull();
        message["refusal"]!.GetValue<string>().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Other_prefixes_and_Azures_deployments_are_answered()
    {
        await using var provider = await Provider.StartAsync();
        var body = Provider.ChatBody("");
        (await provider.PostAsync("/openai/v1/chat/completions", body).JsonAsync())["model"]!
            .GetValue<string>()
            .ShouldBe("gpt-4o");
        body.Remove("model");
        var azure = await provider
            .PostAsync("/openai/deployments/mine/chat/completions?api-version=2024-10-21", body)
            .JsonAsync();
        azure["model"]!.GetValue<string>().ShouldBe("mine");
    }

    [Fact]
    public async Task Old_completions_work_plain_and_streamed()
    {
        await using var provider = await Provider.StartAsync();
        var body = new JsonObject { ["model"] = "gpt-4o-mini", ["prompt"] = "[[sim input=7 output=5 chunks=2]]" };
        var plain = await provider.PostAsync("/v1/completions", body).JsonAsync();
        plain["usage"]!.Count("total_tokens").ShouldBe(12);
        plain["choices"]![0]!["text"]!.GetValue<string>().Split(' ').Length.ShouldBe(5);

        body["stream"] = true;
        body["stream_options"] = new JsonObject { ["include_usage"] = true };
        var events = await provider.PostAsync("/v1/completions", body).EventsAsync();
        events.Length.ShouldBe(5);
        events[^2].Json()["usage"]!.Count("completion_tokens").ShouldBe(5);
    }
}
