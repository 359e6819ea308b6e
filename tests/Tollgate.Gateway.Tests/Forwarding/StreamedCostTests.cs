using System.Globalization;
using System.Text;
using System.Text.Json;
using Tollgate.Metering.Usage;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Forwarding;

/// <summary>
/// A caller of a stream sees the cost where the stream states its usage, if it asks for it, and nothing else changes.
/// </summary>
public class StreamedCostTests
{
    private const string Prompt = "[[sim input=1001 output=103 cached=17]]";
    private const string ChatCall =
        """{"model":"gpt-4o","stream":true,"stream_options":{"include_usage":true},"messages":[]}""";
    private const string Usage =
        "data: {\"id\":\"c1\",\"choices\":[],"
        + "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3,\"total_tokens\":15}, \"x\" : 1}\n\n";
    private static readonly (string, string) WithCost = ("x-tollgate-include-cost", "true");

    [Theory]
    [InlineData(
        "/v1/chat/completions",
        $$"""{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"{{Prompt}}"}]}""",
        "usage"
    )]
    [InlineData(
        "/v1/chat/completions",
        $$"""
            {"model":"gpt-4o","stream":true,"stream_options":{"include_usage":true},
             "messages":[{"role":"user","content":"{{Prompt}}"}]}
            """,
        "usage"
    )]
    [InlineData(
        "/v1/chat/completions",
        """
            {"model":"gpt-4o","stream":true,"stream_options":{"include_usage":true},
             "messages":[{"role":"user","content":"[[sim input=1001 output=103 encoding=gzip]]"}]}
            """,
        "usage"
    )]
    [InlineData("/v1/responses", $$"""{"model":"gpt-4o","stream":true,"input":"{{Prompt}}"}""", "response.usage")]
    [InlineData(
        "/v1/messages",
        $$"""
            {"model":"claude-sonnet-4-5","max_tokens":900,"stream":true,
             "messages":[{"role":"user","content":"{{Prompt}}"}]}
            """,
        "usage"
    )]
    [InlineData(
        "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
        $$"""{"contents":[{"parts":[{"text":"{{Prompt}}"}]}]}""",
        "usageMetadata"
    )]
    [InlineData(
        "/v1beta/models/gemini-2.5-flash:streamGenerateContent",
        $$"""{"contents":[{"parts":[{"text":"{{Prompt}}"}]}]}""",
        "usageMetadata"
    )]
    public async Task The_stream_states_what_is_booked(string path, string call, string usage)
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(provider.BaseAddress);

        using var answer = await gate.PostAsync(path, call, WithCost);
        var stream = await answer.Content.ReadAsStringAsync();

        var record = (await gate.RecordsAsync()).Single();
        record.UsageSource.ShouldBe(UsageSource.Reported);
        CostsIn(stream, usage)
            .ShouldHaveSingleItem()
            .ShouldBe(record.Cost!.Value.Usd.ToString("0.############", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(Usage, "\"total_tokens\":15}", "\"total_tokens\":15,\"cost\":0.00006}")]
    [InlineData(
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"cost\":9.5,\"prompt_tokens\":12,\"completion_tokens\":3}}\r\n\r\n",
        "\"cost\":9.5",
        "\"cost\":0.00006"
    )]
    public async Task Nothing_but_the_cost_is_added_to_the_stream(string frame, string usage, string priced)
    {
        var stream =
            ": a comment\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}],\"usage\":null}\n\n"
            + frame
            + "data: [DONE]\n\n: bye\n\n";
        await using var upstream = await ScriptedUpstream.AnsweringAsync(
            "text/event-stream",
            [.. stream.Chunk(7).Select(piece => Encoding.UTF8.GetBytes(piece))]
        );
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync("/v1/chat/completions", ChatCall, WithCost);

        (await answer.Content.ReadAsStringAsync()).ShouldBe(stream.Replace(usage, priced, StringComparison.Ordinal));
        upstream.Requests.Single().Headers.Keys.ShouldNotContain("x-tollgate-include-cost");
    }

    [Theory]
    [InlineData("gpt-4o", "false")]
    [InlineData("gpt-4o", "yes, please")]
    [InlineData("a-model-without-a-price", "true")]
    public async Task Without_a_wish_or_a_price_every_byte_stays(string model, string wish)
    {
        const string Stream = Usage + "data: [DONE]\n\n";
        await using var upstream = await ScriptedUpstream.AnsweringAsync(
            "text/event-stream",
            Encoding.UTF8.GetBytes(Stream)
        );
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync(
            "/v1/chat/completions",
            ChatCall.Replace("gpt-4o", model, StringComparison.Ordinal),
            ("x-tollgate-include-cost", wish)
        );

        (await answer.Content.ReadAsStringAsync()).ShouldBe(Stream);
    }

    [Fact]
    public async Task A_plain_answer_has_its_cost_in_the_header_alone()
    {
        const string Plain =
            """{"model":"gpt-4o","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}""";
        await using var upstream = await ScriptedUpstream.AnsweringAsync(
            "application/json",
            Encoding.UTF8.GetBytes(Plain)
        );
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync(
            "/v1/chat/completions",
            """{"model":"gpt-4o","messages":[]}""",
            WithCost
        );

        (await answer.Content.ReadAsStringAsync()).ShouldBe(Plain);
        answer.Headers.GetValues("x-tollgate-cost").Single().ShouldBe("0.00006");
    }

    /// <summary>
    /// The costs that the frames of a stream state, as they are written, at any place that may be the usage's.
    /// </summary>
    private static List<string> CostsIn(string stream, string usage)
    {
        var frames = stream.StartsWith('[')
            ? JsonDocument.Parse(stream).RootElement.EnumerateArray().ToList()
            :
            [
                .. stream
                    .Split('\n')
                    .Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
                    .Select(line => JsonDocument.Parse(line[6..]).RootElement),
            ];
        stream.Split("\"cost\"").Length.ShouldBe(2);
        return
        [
            .. frames
                .Select(frame => At(frame, $"{usage}.cost"))
                .Where(cost => cost is not null)
                .Select(cost => cost!.Value.GetRawText()),
        ];
    }

    private static JsonElement? At(JsonElement json, string path)
    {
        foreach (var name in path.Split('.'))
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
                return null;
        return json;
    }
}
