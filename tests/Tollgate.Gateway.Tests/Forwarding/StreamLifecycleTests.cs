using System.Net;
using System.Text;
using Tollgate.Gateway.Routing;
using Tollgate.Metering.Usage;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Forwarding;

public class StreamLifecycleTests
{
    private const string Chunk =
        "data: {\"id\":\"c1\",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"eight "
        + "by\"}}],\"usage\":null}\n\n";
    private const string Usage =
        "data: {\"id\":\"c1\",\"choices\":[],"
        + "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3,\"total_tokens\":15}}\n\n";
    private const string Call =
        """{"model":"gpt-4o","stream":true,"stream_options":{"include_usage":true},"messages":[]}""";

    [Fact]
    public async Task Passes_a_chunk_on_before_the_next_one_is_made()
    {
        var mayGoOn = new SemaphoreSlim(0);
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Chunk));
            await http.Response.Body.FlushAsync();
            await mayGoOn.WaitAsync();
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Usage + "data: [DONE]\n\n"));
        });
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync("/v1/chat/completions", Call);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        (await reader.ReadLineAsync() + "\n\n").ShouldBe(Chunk);
        mayGoOn.Release();

        (await reader.ReadToEndAsync()).ShouldBe("\n" + Usage + "data: [DONE]\n\n");
    }

    [Fact]
    public async Task Is_booked_before_the_caller_sees_the_terminal_event()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(provider.BaseAddress);

        using var answer = await gate.PostAsync("/v1/messages", MessagesCall("input=10 output=4"));
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line && line != "event: message_stop") { }

        (await gate.RecordsAsync()).Single().Usage.TotalTokens.ShouldBe(14);
    }

    [Fact]
    public async Task Breaks_off_where_the_provider_breaks_off_and_estimates_what_was_received()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(provider.BaseAddress);

        using var answer = await gate.PostAsync("/v1/messages", MessagesCall("input=1000 output=400 chunks=8 cut=3"));
        await Should.ThrowAsync<HttpRequestException>(answer.Content.ReadAsStringAsync());

        (await gate.RecordsAsync(1))
            .Single()
            .ShouldSatisfyAllConditions(
                record => record.Outcome.ShouldBe(CallOutcome.UpstreamCut),
                record => record.UsageSource.ShouldBe(UsageSource.Estimated),
                record => record.Usage.InputTokens.ShouldBe(1000),
                record => record.Usage.OutputTokens.ShouldBeInRange(50, 250)
            );
    }

    [Fact]
    public async Task Stops_the_provider_when_the_caller_leaves_and_books_what_was_received()
    {
        var stopped = new TaskCompletionSource();
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            http.RequestAborted.Register(stopped.SetResult);
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Chunk + Chunk));
            await http.Response.Body.FlushAsync();
            await stopped.Task;
        });
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using (var answer = await gate.PostAsync("/v1/chat/completions", Call))
        await using (var stream = await answer.Content.ReadAsStreamAsync())
            await stream.ReadExactlyAsync(new byte[Chunk.Length * 2]);

        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30));
        (await gate.RecordsAsync(1))
            .Single()
            .ShouldSatisfyAllConditions(
                record => record.Outcome.ShouldBe(CallOutcome.ClientDisconnected),
                record => record.UsageSource.ShouldBe(UsageSource.Estimated),
                record => record.Usage.OutputTokens.ShouldBe(4)
            );
    }

    [Theory]
    [InlineData("gpt-4o", "o200k_base, cut in the middle of a word", 5)]
    [InlineData("llama-4", "36 bytes by four", 9)]
    public async Task Counts_the_text_of_a_broken_stream_in_its_models_tokens_where_those_are_known(
        string model,
        string because,
        int tokens
    )
    {
        var chunks =
            Chunk.Replace("eight by", " internation", StringComparison.Ordinal)
            + Chunk.Replace("eight by", "alization日本語です", StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(chunks);
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.WriteAsync(bytes);
            await http.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using (
            var answer = await gate.PostAsync(
                "/v1/chat/completions",
                Call.Replace("gpt-4o", model, StringComparison.Ordinal)
            )
        )
        await using (var stream = await answer.Content.ReadAsStreamAsync())
            await stream.ReadExactlyAsync(new byte[bytes.Length]);

        (await gate.RecordsAsync(1))
            .Single()
            .ShouldSatisfyAllConditions(
                record => record.UsageSource.ShouldBe(UsageSource.Estimated),
                record => record.Usage.OutputTokens.ShouldBe(tokens, because)
            );
    }

    [Fact]
    public async Task Reads_a_stream_to_its_end_for_the_book_where_leaving_callers_are_drained()
    {
        var left = new TaskCompletionSource();
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Chunk));
            await http.Response.Body.FlushAsync();
            await left.Task;
            for (var i = 0; i < 50; i++)
                await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Chunk));
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Usage + "data: [DONE]\n\n"));
        });
        await using var gate = await InProcessGateway.StartAsync(
            upstream.Address,
            routing => routing with { OnClientDisconnect = ClientDisconnectPolicy.Drain }
        );

        using (var answer = await gate.PostAsync("/v1/chat/completions", Call))
        await using (var stream = await answer.Content.ReadAsStreamAsync())
            await stream.ReadExactlyAsync(new byte[Chunk.Length]);
        left.SetResult();

        (await gate.RecordsAsync(1))
            .Single()
            .ShouldSatisfyAllConditions(
                record => record.UsageSource.ShouldBe(UsageSource.Reported),
                record => record.Usage.TotalTokens.ShouldBe(15)
            );
    }

    [Fact]
    public async Task Ends_a_stream_that_has_fallen_silent()
    {
        var clock = new ManualTimeProvider();
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Chunk));
            await http.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        await using var gate = await InProcessGateway.StartAsync(
            upstream.Address,
            routing => routing with { IdleTimeout = TimeSpan.FromSeconds(30) },
            clock
        );

        using var answer = await gate.PostAsync("/v1/chat/completions", Call);
        await using var stream = await answer.Content.ReadAsStreamAsync();
        await stream.ReadExactlyAsync(new byte[Chunk.Length]);
        clock.Advance(TimeSpan.FromSeconds(40));

        await Should.ThrowAsync<Exception>(async () => await stream.ReadExactlyAsync(new byte[1]));
        (await gate.RecordsAsync(1)).Single().Outcome.ShouldBe(CallOutcome.TimedOut);
    }

    [Fact]
    public async Task Books_what_a_silent_provider_may_have_thought_meanwhile()
    {
        var clock = new ManualTimeProvider();
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Chunk));
            await http.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        await using var gate = await InProcessGateway.StartAsync(
            upstream.Address,
            routing => routing with { IdleTimeout = TimeSpan.FromSeconds(30) },
            clock
        );

        using var answer = await gate.PostAsync(
            "/v1/chat/completions",
            Call.Replace("\"messages\"", "\"max_tokens\":500,\"messages\"", StringComparison.Ordinal)
        );
        await using var stream = await answer.Content.ReadAsStreamAsync();
        await stream.ReadExactlyAsync(new byte[Chunk.Length]);
        clock.Advance(TimeSpan.FromSeconds(40));

        (await gate.RecordsAsync(1)).Single().Usage.OutputTokens.ShouldBe(500);
    }

    [Fact]
    public async Task Does_not_take_a_caller_who_reads_slowly_for_a_silent_provider()
    {
        // More than the sockets on the way can hold, so that the gate must wait for its caller.
        const int Chunks = 300_000;
        var clock = new ManualTimeProvider();
        var written = 0;
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            var hundred = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Chunk, 100)));
            for (; written < Chunks; written += 100)
                await http.Response.Body.WriteAsync(hundred);
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Usage + "data: [DONE]\n\n"));
        });
        await using var gate = await InProcessGateway.StartAsync(
            upstream.Address,
            routing => routing with { IdleTimeout = TimeSpan.FromSeconds(30) },
            clock
        );

        using var answer = await gate.PostAsync("/v1/chat/completions", Call);
        // No event tells that every socket on the way is full: the provider is then stuck for a while.
        for (var before = -1; before != written; await Task.Delay(500))
            before = written;
        written.ShouldBeLessThan(Chunks);
        clock.Advance(TimeSpan.FromMinutes(10));

        (await answer.Content.ReadAsByteArrayAsync()).Length.ShouldBe(
            (Chunks * Chunk.Length) + Usage.Length + "data: [DONE]\n\n".Length
        );
        (await gate.RecordsAsync(1)).Single().Outcome.ShouldBe(CallOutcome.Completed);
    }

    [Fact]
    public async Task Waits_with_the_last_chunk_of_a_gemini_stream_in_both_formats()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(provider.BaseAddress);
        const string Request =
            """{"contents":[{"parts":[{"text":"[[sim input=100 output=50 reasoning=20 chunks=5]]"}]}]}""";

        using var events = await gate.PostAsync(
            "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
            Request
        );
        using var array = await gate.PostAsync("/v1beta/models/gemini-2.5-flash:streamGenerateContent", Request);
        (await events.Content.ReadAsStringAsync()).ShouldContain("\"finishReason\"");
        System
            .Text.Json.JsonDocument.Parse(await array.Content.ReadAsStringAsync())
            .RootElement.GetArrayLength()
            .ShouldBeGreaterThan(3);

        var records = await gate.RecordsAsync();
        records.Count.ShouldBe(2);
        records.ShouldAllBe(record => record.UsageSource == UsageSource.Reported && record.Usage.TotalTokens == 150);
    }

    [Fact]
    public async Task Speaks_http2_to_a_provider_that_does()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(
            new SimulatedProviderOptions { Http2ListenUrl = new Uri("http://127.0.0.1:0") },
            default
        );
        await using var gate = await InProcessGateway.StartAsync(
            provider.BaseAddress,
            routing =>
                routing with
                {
                    Providers = new Dictionary<string, Deployment>
                    {
                        ["openai"] = InProcessGateway.DeploymentAt(provider.Http2BaseAddress!, "openai") with
                        {
                            Http2Cleartext = true,
                        },
                    },
                }
        );

        using var plain = await gate.ChatAsync("input=10 output=5");
        using var streamed = await gate.ChatAsync("input=10 output=5 chunks=3", ",\"stream\":true");
        plain.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await streamed.Content.ReadAsStringAsync()).ShouldEndWith("data: [DONE]\n\n");

        (await gate.RecordsAsync()).Select(record => record.Usage.TotalTokens).ShouldBe([15, 15]);
    }

    private static string MessagesCall(string script) =>
        $$"""
            {"model":"claude-sonnet-4-5","max_tokens":9,"stream":true,
             "messages":[{"role":"user","content":"[[sim {{script}}]]"}]}
            """;
}
