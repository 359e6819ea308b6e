using System.Text.Json.Nodes;

namespace Tollgate.SimulatedProvider.Tests;

public sealed class GeminiTests
{
    private const string Script = "[[sim input=100 cached=60 audio_in=10 image_in=20 output=50 reasoning=30 chunks=4]]";

    [Fact]
    public async Task A_plain_answer_keeps_thoughts_apart_from_candidates()
    {
        await using var provider = await Provider.StartAsync();
        var answer = await provider.GeminiAsync("generateContent", Script).JsonAsync();
        answer["responseId"]!.GetValue<string>().ShouldNotBeEmpty();
        answer["modelVersion"]!.GetValue<string>().ShouldBe("gemini-2.5-flash");
        ShouldBeFinal(answer["usageMetadata"]!);
        var modalities = answer["usageMetadata"]!["promptTokensDetails"]!
            .AsArray()
            .Select(d => (d!["modality"]!.GetValue<string>(), d.Count("tokenCount")));
        modalities.ShouldBe([("TEXT", 70), ("AUDIO", 10), ("IMAGE", 20)]);
    }

    [Fact]
    public async Task A_stream_of_events_states_cumulative_usage()
    {
        await using var provider = await Provider.StartAsync();
        var events = await provider.GeminiAsync("streamGenerateContent?alt=sse", Script).EventsAsync();
        events.Length.ShouldBe(5);
        events.Select(e => e.Json()["usageMetadata"]!.Count("candidatesTokenCount")).ShouldBe([5, 10, 15, 20, 20]);
        ShouldBeFinal(events[^1].Json()["usageMetadata"]!);
        events[^1].Json()["candidates"]![0]!["finishReason"]!.GetValue<string>().ShouldBe("STOP");
        events[0].Json()["candidates"]![0]!.AsObject().ContainsKey("finishReason").ShouldBeFalse();
    }

    [Fact]
    public async Task Without_alt_sse_the_stream_is_one_JSON_array()
    {
        await using var provider = await Provider.StartAsync();
        var array = (await provider.GeminiAsync("streamGenerateContent", Script).JsonAsync()).AsArray();
        array.Count.ShouldBe(5);
        ShouldBeFinal(array[^1]!["usageMetadata"]!);
    }

    [Fact]
    public async Task A_function_call_comes_in_one_piece()
    {
        await using var provider = await Provider.StartAsync();
        var events = await provider
            .GeminiAsync("streamGenerateContent?alt=sse", "[[sim tool=get_weather output=8 chunks=4]]")
            .EventsAsync();
        var call = events[0].Json()["candidates"]![0]!["content"]!["parts"]![0]!["functionCall"]!;
        call["name"]!.GetValue<string>().ShouldBe("get_weather");
        call["args"]!["location"]!.GetValue<string>().ShouldBe("Paris");
    }

    [Fact]
    public async Task Embeddings_state_their_input_and_are_billed()
    {
        await using var provider = await Provider.StartAsync();
        const string model = "gemini-embedding-001";
        var one = await provider.GeminiAsync("embedContent", "[[sim input=11]]", model).JsonAsync();
        one["embedding"]!["values"]!.AsArray().ShouldNotBeEmpty();
        one["usageMetadata"]!.Count("promptTokenCount").ShouldBe(11);

        var batch = new JsonObject
        {
            ["requests"] = new JsonArray(Provider.GeminiBody("a"), Provider.GeminiBody("[[sim input=5]]")),
        };
        var two = await provider.PostAsync("/v1beta/models/" + model + ":batchEmbedContents", batch).JsonAsync();
        two["embeddings"]!.AsArray().Count.ShouldBe(2);
        (await provider.BillAsync()).Count("complete", "kinds", "input_text").ShouldBe(16);
    }

    [Fact]
    public async Task Counting_tokens_and_listing_models_are_free()
    {
        await using var provider = await Provider.StartAsync();
        (await provider.GeminiAsync("countTokens", "[[sim input=42]]").JsonAsync()).Count("totalTokens").ShouldBe(42);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1beta/models?key=test");
        var models = await provider.Client.SendAsync(request, Provider.Token).JsonAsync();
        models["models"]!.AsArray().Select(m => m!["name"]!.GetValue<string>()).ShouldContain("models/gemini-2.5-pro");
        (await provider.BillAsync()).Count("complete", "calls").ShouldBe(0);
    }

    private static void ShouldBeFinal(JsonNode usage)
    {
        usage.Count("promptTokenCount").ShouldBe(100);
        usage.Count("cachedContentTokenCount").ShouldBe(60);
        usage.Count("candidatesTokenCount").ShouldBe(20);
        usage.Count("thoughtsTokenCount").ShouldBe(30);
        usage.Count("totalTokenCount").ShouldBe(150);
    }
}
