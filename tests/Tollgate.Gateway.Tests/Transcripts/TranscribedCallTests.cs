using System.IO.Compression;
using System.Text;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Transcripts;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Metering.Usage;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Transcripts;

/// <summary>What of a call is in the transcripts, and what is not.</summary>
public sealed class TranscribedCallTests
{
    private const string PlainChat =
        """{"id":"chatcmpl-1","model":"gpt-4o","choices":[{"message":{"content":"Hello \"you\""}}]"""
        + ""","usage":{"prompt_tokens":9,"completion_tokens":2}}""";

    public static TheoryData<string, string, string, string, string, string> Dialects =>
        new()
        {
            {
                "/v1/chat/completions",
                """{"model":"gpt-4o","messages":[]}""",
                "application/json",
                PlainChat,
                PlainChat,
                "chatcmpl-1"
            },
            {
                "/v1/chat/completions",
                """{"model":"gpt-4o","stream":true}""",
                "text/event-stream",
                "data: {\"id\":\"chatcmpl-2\",\"choices\":[{\"delta\":{\"content\":\"Hel\"}}]}\n\ndata: "
                    + "{\"id\":\"chatcmpl-2\",\"choices\":[{\"delta\":{\"content\":\"lo \\u4e2d\"}}]}\n\ndata: "
                    + "[DONE]\n\n",
                "Hello 中",
                "chatcmpl-2"
            },
            // A model whose tokens nobody can count, so that the text is kept for the log alone.
            {
                "/v1/chat/completions",
                """{"model":"of-our-own","stream":true}""",
                "text/event-stream",
                "data: {\"id\":\"chatcmpl-3\",\"choices\":[{\"delta\":{\"content\":\"Good\"}}]}\n\ndata: "
                    + "{\"id\":\"chatcmpl-3\",\"choices\":[{\"delta\":{\"content\":\"bye\"}}]}\n\ndata: [DONE]\n\n",
                "Goodbye",
                "chatcmpl-3"
            },
            {
                "/v1/messages",
                """{"model":"claude-sonnet-4-5","max_tokens":9}""",
                "application/json",
                """{"id":"msg_1","content":[{"text":"Hi"}]}""",
                """{"id":"msg_1","content":[{"text":"Hi"}]}""",
                "msg_1"
            },
            {
                "/v1/messages",
                """{"model":"claude-sonnet-4-5","max_tokens":9,"stream":true}""",
                "text/event-stream",
                "event: message_start\ndata: "
                    + "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_2\",\"usage\":{\"input_tokens\":1}}}\n\n"
                    + "event: content_block_delta\ndata: "
                    + "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi \"}}\n\n"
                    + "event: content_block_delta\ndata: "
                    + "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"there\"}}\n\n"
                    + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
                "Hi there",
                "msg_2"
            },
            {
                "/v1beta/models/gemini-2.5-flash:generateContent",
                """{"contents":[]}""",
                "application/json",
                """{"responseId":"g1","candidates":[{"content":{"parts":[{"text":"Yes"}]}}]}""",
                """{"responseId":"g1","candidates":[{"content":{"parts":[{"text":"Yes"}]}}]}""",
                "g1"
            },
            {
                "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
                """{"contents":[]}""",
                "text/event-stream",
                "data: {\"responseId\":\"g2\",\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Oh "
                    + "\"}]}}]}\n\ndata: "
                    + "{\"responseId\":\"g2\",\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"no\"}]},"
                    + "\"finishReason\":\"STOP\"}]}\n\n",
                "Oh no",
                "g2"
            },
        };

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task All_texts_are_kept_where_that_is_asked_for(
        string path,
        string request,
        string contentType,
        string provider,
        string kept,
        string completionId
    )
    {
        var entries = await EntriesAsync(
            path,
            request,
            contentType,
            provider,
            options => options with { Capture = TranscriptCapture.All }
        );

        entries.Count.ShouldBe(2);
        var (prompt, answer) = (
            entries.Single(entry => entry.Type == TranscriptEntryType.Prompt),
            entries.Single(entry => entry.Type == TranscriptEntryType.Response)
        );
        prompt.PromptText.ShouldBe(request);
        prompt.ResponseText.ShouldBeNull();
        answer.ResponseText.ShouldBe(kept);
        answer.PromptText.ShouldBeNull();
        answer.CompletionId.ShouldBe(completionId);
        answer.Attempt.ShouldBe(1);
        answer.Provider.ShouldNotBeNull();
        foreach (var entry in entries)
        {
            entry.Call.ShouldNotBeNull().ShouldBe(prompt.Call!.Value);
            (entry.User, entry.Project, entry.Session, entry.Application).ShouldBe(("ann", "apollo", "s1", "app"));
            entry.Model.ShouldNotBeNull();
            entry.IsTruncated.ShouldBeFalse();
        }
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Only_prompts_are_kept_where_only_they_are_asked_for(
        string path,
        string request,
        string contentType,
        string provider,
        string kept,
        string completionId
    )
    {
        var entries = await EntriesAsync(
            path,
            request,
            contentType,
            provider,
            options => options with { Capture = TranscriptCapture.Prompts }
        );

        entries.ShouldHaveSingleItem().PromptText.ShouldBe(request);
        kept.Length.ShouldBeGreaterThan(0, completionId);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task No_text_is_kept_where_nothing_is_said(
        string path,
        string request,
        string contentType,
        string provider,
        string kept,
        string completionId
    )
    {
        (await EntriesAsync(path, request, contentType, provider, options => options)).ShouldBeEmpty();
        kept.Length.ShouldBeGreaterThan(0, completionId);
    }

    [Theory]
    [InlineData("gzip", false)]
    [InlineData("br", true)]
    public async Task A_compressed_answer_is_kept_as_text(string encoding, bool streams)
    {
        var body = streams
            ? "data: {\"choices\":[{\"delta\":{\"content\":\"packed\"}}]}\n\ndata: [DONE]\n\n"
            : PlainChat;
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            http.Response.ContentType = streams ? "text/event-stream" : "application/json";
            http.Response.Headers.ContentEncoding = encoding;
            await using Stream encoder =
                encoding == "gzip"
                    ? new GZipStream(http.Response.Body, CompressionLevel.Fastest)
                    : new BrotliStream(http.Response.Body, CompressionLevel.Fastest);
            await encoder.WriteAsync(Encoding.UTF8.GetBytes(body));
        });
        await using var gate = await StartAsync(
            upstream.Address,
            options => options with { Capture = TranscriptCapture.All }
        );
        await ReadAsync(
            await gate.PostAsync(
                "/v1/chat/completions",
                streams
                    ? """{"model":"gpt-4o","stream":true,"stream_options":{"include_usage":true}}"""
                    : """{"model":"gpt-4o"}""",
                ("Accept-Encoding", encoding)
            )
        );

        (await WaitAsync(gate, 2))
            .Single(entry => entry.Type == TranscriptEntryType.Response)
            .ResponseText.ShouldBe(streams ? "packed" : PlainChat);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_long_text_is_truncated_and_marked(bool streams)
    {
        var content = string.Concat(Enumerable.Repeat("中", 40_000));
        var body = streams
            ? $"data: {{\"choices\":[{{\"delta\":{{\"content\":\"{content}\"}}}}]}}\n\ndata: [DONE]\n\n"
            : $"{{\"choices\":[{{\"message\":{{\"content\":\"{content}\"}}}}]}}";
        await using var upstream = await ScriptedUpstream.AnsweringAsync(
            streams ? "text/event-stream" : "application/json",
            Encoding.UTF8.GetBytes(body)
        );
        await using var gate = await StartAsync(
            upstream.Address,
            options => options with { Capture = TranscriptCapture.All }
        );
        await ReadAsync(
            await gate.PostAsync(
                "/v1/chat/completions",
                $$"""
                {"model":"gpt-4o","stream":{{(streams ? "true" : "false")}},
                 "messages":[{"role":"user","content":"{{content}}"}]}
                """
            )
        );

        foreach (var entry in await WaitAsync(gate, 2))
        {
            var text = entry.PromptText ?? entry.ResponseText!;
            Encoding.UTF8.GetByteCount(text).ShouldBeInRange((64 * 1024) - 3, 64 * 1024);
            text.ShouldNotContain('\uFFFD');
            entry.IsTruncated.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Of_an_answer_that_breaks_off_what_arrived_is_kept()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.WriteAsync(
                "data: {\"choices\":[{\"delta\":{\"content\":\"so far\"}}]}\n\n"u8.ToArray()
            );
            await http.Response.Body.FlushAsync();
            await arrived.Task;
            http.Abort();
        });
        await using var gate = await StartAsync(
            upstream.Address,
            options => options with { Capture = TranscriptCapture.All }
        );
        using var broken = await gate.PostAsync("/v1/chat/completions", """{"model":"gpt-4o","stream":true}""");
        await using var received = await broken.Content.ReadAsStreamAsync();
        (await received.ReadAsync(new byte[1000])).ShouldBeGreaterThan(0);
        arrived.SetResult();

        var answer = (await WaitAsync(gate, 2)).Single(entry => entry.Type == TranscriptEntryType.Response);
        answer.ResponseText.ShouldBe("so far");
        answer.IsTruncated.ShouldBeTrue();
        (await gate.RecordsAsync(1)).Single().Outcome.ShouldBe(CallOutcome.UpstreamCut);
    }

    [Fact]
    public async Task An_error_of_a_provider_is_kept_as_its_response()
    {
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            http.Response.StatusCode = 400;
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync("""{"error":{"message":"no"}}"""u8.ToArray());
        });
        await using var gate = await StartAsync(
            upstream.Address,
            options => options with { Capture = TranscriptCapture.All }
        );
        await ReadAsync(await gate.PostAsync("/v1/chat/completions", """{"model":"gpt-4o","stream":true}"""));

        (await WaitAsync(gate, 2))
            .Single(entry => entry.Type == TranscriptEntryType.Response)
            .ResponseText.ShouldBe("""{"error":{"message":"no"}}""");
        (await gate.Transcripts!.Store.DenialsAsync(new TranscriptSelection())).ShouldBeEmpty(
            "the provider refused, not the gate"
        );
    }

    [Fact]
    public async Task No_key_and_no_credential_is_ever_in_the_file()
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync(
            "application/json",
            Encoding.UTF8.GetBytes(PlainChat)
        );
        var secret = "";
        await using var gate = await InProcessGateway.StartAsync(
            new GatewayOptions { Routing = InProcessGateway.RoutingTo(upstream.Address) },
            transcripts: options => options with { Capture = TranscriptCapture.All },
            prepare: async ledger =>
                secret = (
                    await (await VirtualKeys.OpenAsync(ledger)).CreateAsync(
                        new NewVirtualKey
                        {
                            Name = "k",
                            User = "ann",
                            AllowedModels = ["gpt-4o"],
                        }
                    )
                ).Secret
        );
        await ReadAsync(
            await gate.PostAsync(
                "/v1/chat/completions",
                """{"model":"gpt-4o"}""",
                ("Authorization", $"Bearer {secret}")
            )
        );
        await ReadAsync(
            await gate.PostAsync("/v1/chat/completions", """{"model":"gpt-5"}""", ("Authorization", $"Bearer {secret}"))
        );
        await ReadAsync(
            await gate.PostAsync("/v1/messages", """{"model":"x"}""", ("x-api-key", "tg-unknown-credential"))
        );
        await ReadAsync(
            await gate.PostAsync("/v1beta/models/gemini-2.5-flash:generateContent?key=tg-unknown-credential", "{}")
        );
        var key = (await WaitAsync(gate, 2)).Select(entry => entry.KeyId).Distinct().ShouldHaveSingleItem();
        key.ShouldNotBeNull();
        await gate.Transcripts!.DisposeAsync();

        var refusals = await gate.Transcripts.Options.OpenStore().DenialsAsync(new TranscriptSelection());
        refusals
            .Select(refusal => (refusal.Status, refusal.KeyId))
            .ShouldBe([(401, null), (403, key)], ignoreOrder: true);
        var bytes = await File.ReadAllBytesAsync(
            Path.Combine(gate.LedgerOptions.DataFolder, TranscriptOptions.FileName)
        );
        foreach (var hidden in new[] { secret, "provider-key", "tg-unknown-credential" })
            bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(hidden)).ShouldBe(-1, hidden);
        bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("Hello")).ShouldBeGreaterThan(0);
    }

    private static async Task<IReadOnlyList<TranscriptEntry>> EntriesAsync(
        string path,
        string request,
        string contentType,
        string provider,
        Func<TranscriptOptions, TranscriptOptions> transcripts
    )
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync(contentType, Encoding.UTF8.GetBytes(provider));
        await using var gate = await StartAsync(upstream.Address, transcripts);
        await ReadAsync(
            await gate.PostAsync(
                path,
                request,
                ("x-tollgate-user", "ann"),
                ("x-tollgate-project", "apollo"),
                ("x-tollgate-session", "s1"),
                ("x-tollgate-app", "app")
            )
        );
        // Closing writes what waits.
        await gate.Transcripts!.DisposeAsync();
        return await gate.Transcripts.Options.OpenStore().EntriesAsync(new TranscriptSelection());
    }

    private static Task<InProcessGateway> StartAsync(
        Uri provider,
        Func<TranscriptOptions, TranscriptOptions> transcripts
    ) =>
        InProcessGateway.StartAsync(
            new GatewayOptions { Routing = InProcessGateway.RoutingTo(provider) with { Retries = 0 } },
            transcripts: transcripts
        );

    private static async Task ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
            await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task<IReadOnlyList<TranscriptEntry>> WaitAsync(InProcessGateway gate, int count)
    {
        IReadOnlyList<TranscriptEntry> entries = [];
        await Eventually.BecomesTrueAsync(async () =>
        {
            entries = await gate.Transcripts!.Store.EntriesAsync(new TranscriptSelection());
            return entries.Count >= count;
        });
        return entries;
    }
}
