using System.IO.Compression;
using System.Text;
using Tollgate.Metering.Usage;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Forwarding;

public class ByteFidelityTests
{
    private const string Answer =
        """{"id":"chatcmpl-1","model":"gpt-4o", "unknown_field" : [1,2.50,"\u00e9"],"choices":"""
        + """[{"index":0,"message":{"content":"hi"}}]"""
        + ""","usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}""";

    private static readonly string[] Events =
    [
        """data: {"id":"c1","model":"gpt-4o","choices":[{"index":0,"delta":{"content":"he"}}],"usage":null}""" + "\n\n",
        ": a comment\n\n",
        """data: {"id":"c1","model":"gpt-4o","choices":[{"index":0,"delta":{"content":"llo"}"""
            + ""","finish_reason":"stop"}],"x":1}"""
            + "\r\n\r\n",
        """data: {"id":"c1","model":"gpt-4o","choices":[]"""
            + ""","usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}"""
            + "\n\n",
        "data: [DONE]\n\n",
    ];

    [Fact]
    public async Task Passes_a_request_on_byte_for_byte()
    {
        const string Request =
            """{ "model":"gpt-4o", "future_field":{"a":[1,2]}, "messages":[{"role":"user","content":"\u00e9 é"}] }""";
        await using var upstream = await ScriptedUpstream.AnsweringAsync("application/json", Bytes(Answer));
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync("/v1/chat/completions", Request);

        (await answer.Content.ReadAsStringAsync()).ShouldBe(Answer);
        upstream.Requests.Single().Body.ShouldBe(Bytes(Request));
    }

    [Fact]
    public async Task Asks_for_the_usage_of_a_stream_and_keeps_it_from_a_caller_who_did_not()
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync(
            "text/event-stream",
            [.. Events.Select(Bytes)]
        );
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync(
            "/v1/chat/completions",
            """{"model":"gpt-4o","stream":true,"messages":[]}"""
        );

        (await answer.Content.ReadAsStringAsync()).ShouldBe(string.Concat(Events.Where((_, index) => index != 3)));
        Encoding
            .UTF8.GetString(upstream.Requests.Single().Body)
            .ShouldBe("""{"stream_options":{"include_usage":true},"model":"gpt-4o","stream":true,"messages":[]}""");
        (await gate.RecordsAsync()).Single().Usage.TotalTokens.ShouldBe(15);
    }

    [Theory]
    [InlineData(
        """{"model":"gpt-4o","stream":true,"stream_options":null}""",
        """{"model":"gpt-4o","stream":true,"stream_options":{"include_usage":true}}"""
    )]
    [InlineData(
        """{"model":"gpt-4o","stream":true,"stream_options":{}}""",
        """{"model":"gpt-4o","stream":true,"stream_options":{"include_usage":true}}"""
    )]
    [InlineData(
        """{"stream_options":{"x":1},"model":"gpt-4o","stream":true}""",
        """{"stream_options":{"include_usage":true,"x":1},"model":"gpt-4o","stream":true}"""
    )]
    [InlineData(
        """{"stream_options":{"include_usage":false},"model":"gpt-4o","stream":true}""",
        """{"stream_options":{"include_usage":true},"model":"gpt-4o","stream":true}"""
    )]
    [InlineData(
        """{"stream_options":{"include_usage":true},"model":"gpt-4o","stream":true}""",
        """{"stream_options":{"include_usage":true},"model":"gpt-4o","stream":true}"""
    )]
    public async Task Adds_no_more_to_a_request_than_the_question_for_usage(string request, string expected)
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync(
            "text/event-stream",
            Bytes(string.Concat(Events))
        );
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync("/v1/chat/completions", request);

        var asksItself = request.Contains("true}", StringComparison.Ordinal) && request == expected;
        (await answer.Content.ReadAsStringAsync())
            .Contains("prompt_tokens", StringComparison.Ordinal)
            .ShouldBe(asksItself);
        Encoding.UTF8.GetString(upstream.Requests.Single().Body).ShouldBe(expected);
    }

    [Fact]
    public async Task Replaces_the_model_where_the_group_maps_it_and_nothing_else()
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync("application/json", Bytes(Answer));
        var group = new Gateway.Routing.ModelGroup(
            "fast",
            [InProcessGateway.DeploymentAt(upstream.Address, "openai", "gpt-4o")],
            []
        );
        await using var gate = await InProcessGateway.StartAsync(
            upstream.Address,
            routing => routing with { Groups = [group] }
        );

        using var answer = await gate.PostAsync(
            "/v1/chat/completions",
            """{"messages":[ ], "model" : "fast","z":"fast"}"""
        );

        (await answer.Content.ReadAsStringAsync()).ShouldBe(Answer);
        Encoding
            .UTF8.GetString(upstream.Requests.Single().Body)
            .ShouldBe("""{"messages":[ ], "model" : "gpt-4o","z":"fast"}""");
        var record = (await gate.RecordsAsync()).Single();
        (record.ModelGroup, record.Model).ShouldBe(("fast", "gpt-4o"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Meters_a_compressed_answer_beside_its_untouched_bytes(string encoding)
    {
        var compressed = Compress(Bytes(Answer), encoding);
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            http.Response.ContentType = "application/json";
            http.Response.Headers.ContentEncoding = encoding;
            await http.Response.Body.WriteAsync(compressed);
        });
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync(
            "/v1/chat/completions",
            """{"model":"gpt-4o"}""",
            ("Accept-Encoding", $"{encoding}, zstd")
        );

        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(compressed);
        answer.Content.Headers.ContentEncoding.Single().ShouldBe(encoding);
        upstream.Requests.Single().Headers["Accept-Encoding"].ShouldBe(encoding);
        (await gate.RecordsAsync()).Single().Usage.InputTokens.ShouldBe(12);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Meters_a_compressed_stream_beside_its_untouched_bytes(string encoding)
    {
        var compressed = Compress(Bytes(string.Concat(Events)), encoding);
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.ContentEncoding = encoding;
            foreach (var piece in compressed.Chunk(7))
            {
                await http.Response.Body.WriteAsync(piece);
                await http.Response.Body.FlushAsync();
            }
        });
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync(
            "/v1/chat/completions",
            """{"model":"gpt-4o","stream":true,"stream_options":{"include_usage":true}}"""
        );

        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(compressed);
        (await gate.RecordsAsync())
            .Single()
            .ShouldSatisfyAllConditions(
                record => record.UsageSource.ShouldBe(UsageSource.Reported),
                record => record.Usage.TotalTokens.ShouldBe(15)
            );
    }

    [Fact]
    public async Task Holds_a_compressed_terminal_event_whose_last_line_end_is_still_to_come()
    {
        var mayGoOn = new SemaphoreSlim(0);
        using var compressed = new MemoryStream();
        await using var encoder = new GZipStream(compressed, CompressionLevel.Optimal);
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.ContentEncoding = "gzip";
            await SendAsync(http.Response, Events[0]);
            await mayGoOn.WaitAsync();
            await SendAsync(http.Response, "data: [DONE]\n");
            await mayGoOn.WaitAsync();
            await SendAsync(http.Response, "\n");
        });
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync(
            "/v1/chat/completions",
            """{"model":"gpt-4o","stream":true,"stream_options":{"include_usage":true}}"""
        );
        await using var decoded = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(decoded);
        (await reader.ReadLineAsync() + "\n\n").ShouldBe(Events[0]);
        await reader.ReadLineAsync();
        mayGoOn.Release();
        var next = reader.ReadLineAsync();
        await Task.Delay(200); // No event tells that the gateway has received a line and holds it.
        next.IsCompleted.ShouldBeFalse();
        mayGoOn.Release();

        (await next).ShouldBe("data: [DONE]");
        (await gate.RecordsAsync()).Count.ShouldBe(1);

        async Task SendAsync(Microsoft.AspNetCore.Http.HttpResponse response, string text)
        {
            var sent = (int)compressed.Length;
            await encoder.WriteAsync(Bytes(text));
            await encoder.FlushAsync();
            await response.Body.WriteAsync(compressed.GetBuffer().AsMemory(sent..(int)compressed.Length));
            await response.Body.FlushAsync();
        }
    }

    [Fact]
    public async Task Hands_a_compressed_stream_on_decoded_where_a_chunk_must_be_withheld()
    {
        var compressed = Compress(Bytes(string.Concat(Events)), "gzip");
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.ContentEncoding = "gzip";
            await http.Response.Body.WriteAsync(compressed);
        });
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync("/v1/chat/completions", """{"model":"gpt-4o","stream":true}""");

        answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
        (await answer.Content.ReadAsStringAsync()).ShouldBe(string.Concat(Events.Where((_, index) => index != 3)));
    }

    [Fact]
    public async Task Streams_an_answer_larger_than_a_mebibyte_and_meters_it_all_the_same()
    {
        var large = Answer.Replace("\"hi\"", $"\"{new string('x', 5_000_000)}\"", StringComparison.Ordinal);
        await using var upstream = await ScriptedUpstream.AnsweringAsync(
            "application/json",
            [.. Bytes(large).Chunk(100_000)]
        );
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync("/v1/chat/completions", """{"model":"gpt-4o"}""");

        (await answer.Content.ReadAsStringAsync()).ShouldBe(large);
        (await gate.RecordsAsync()).Single().Usage.TotalTokens.ShouldBe(15);
    }

    [Fact]
    public async Task Keeps_the_callers_credential_and_the_gateways_own_headers_from_the_provider()
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync("application/json", Bytes(Answer));
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync(
            "/v1/chat/completions",
            """{"model":"gpt-4o"}""",
            ("Authorization", "Bearer caller"),
            ("x-tollgate-user", "jane"),
            ("X-Forwarded-For", "10.0.0.1"),
            ("OpenAI-Beta", "assistants=v2")
        );

        var headers = upstream.Requests.Single().Headers;
        headers["Authorization"].ShouldBe("Bearer provider-key");
        headers["OpenAI-Beta"].ShouldBe("assistants=v2");
        headers.Keys.ShouldNotContain("x-tollgate-user", "X-Forwarded-For");
        (await gate.RecordsAsync()).Single().Attribution.User.ShouldBe("jane");
    }

    [Fact]
    public async Task Tells_the_cost_of_a_plain_answer_in_a_header()
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync("application/json", Bytes(Answer));
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync("/v1/chat/completions", """{"model":"gpt-4o"}""");

        // 12 x 2.50 + 3 x 10.00 USD per million.
        answer.Headers.GetValues("x-tollgate-cost").Single().ShouldBe("0.00006");
        Guid.Parse(answer.Headers.GetValues("x-tollgate-request-id").Single())
            .ShouldBe((await gate.RecordsAsync()).Single().Id.Call);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Compress(byte[] bytes, string encoding)
    {
        using var compressed = new MemoryStream();
        using (
            Stream encoder = encoding switch
            {
                "gzip" => new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true),
                "br" => new BrotliStream(compressed, CompressionLevel.Optimal, leaveOpen: true),
                _ => new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true),
            }
        )
            encoder.Write(bytes);
        return compressed.ToArray();
    }
}
