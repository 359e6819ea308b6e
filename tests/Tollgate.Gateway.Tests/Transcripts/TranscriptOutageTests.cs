using System.Net;
using System.Text;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Transcripts;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Transcripts;

/// <summary>The transcripts' file cannot be written, because a folder stands in its place.</summary>
public sealed class TranscriptOutageTests
{
    private const string Answer =
        """{"id":"c","model":"gpt-4o","choices":[]"""
        + ""","usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}""";

    [Fact]
    public async Task Where_calls_go_on_what_waits_is_written_when_the_log_is_back()
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync(
            "application/json",
            Encoding.UTF8.GetBytes(Answer)
        );
        TranscriptOptions used = null!;
        await using (
            var gate = await StartAwayAsync(
                upstream.Address,
                options => used = options with { Capture = TranscriptCapture.All }
            )
        )
        {
            using var answer = await gate.PostAsync("/v1/chat/completions", """{"model":"gpt-4o"}""");

            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await gate.ReadMetricsAsync()).ShouldContain("tollgate_transcripts_available 0");
            gate.Transcripts!.Health.QueueLength.ShouldBe(2);
            Directory.Delete(Path.Combine(used.DataFolder, TranscriptOptions.FileName));
            await gate.Transcripts.DisposeAsync();
            (await used.OpenStore().EntriesAsync(new TranscriptSelection())).Count.ShouldBe(2);
        }
    }

    [Fact]
    public async Task Where_calls_go_on_what_has_no_room_is_counted()
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync(
            "application/json",
            Encoding.UTF8.GetBytes(Answer)
        );
        await using var gate = await StartAwayAsync(
            upstream.Address,
            options => options with { Capture = TranscriptCapture.All, MaxQueueBytes = 3000 }
        );

        for (var call = 0; call < 5; call++)
        {
            using var answer = await gate.PostAsync("/v1/chat/completions", """{"model":"gpt-4o"}""");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        gate.Transcripts!.Health.ShouldSatisfyAllConditions(
            health => health.QueueLength.ShouldBe(2),
            health => health.Dropped.ShouldBe(8)
        );
        (await gate.ReadMetricsAsync()).ShouldContain("tollgate_transcripts_dropped_total 8");
        (await gate.RecordsAsync()).Count.ShouldBe(5);
    }

    [Theory]
    [InlineData("/v1/chat/completions", """{"model":"gpt-4o"}""", "\"code\":\"transcripts_unavailable\"")]
    [InlineData("/v1/messages", """{"model":"claude-sonnet-4-5","max_tokens":5}""", "\"type\":\"overloaded_error\"")]
    [InlineData("/v1beta/models/gemini-2.5-flash:generateContent", "{}", "\"status\":\"UNAVAILABLE\"")]
    public async Task Where_calls_are_refused_nothing_is_sent(string path, string request, string says)
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync(
            "application/json",
            Encoding.UTF8.GetBytes(Answer)
        );
        await using var gate = await StartAwayAsync(
            upstream.Address,
            options =>
                options with
                {
                    Capture = TranscriptCapture.Prompts,
                    WhenUnavailable = TranscriptOutagePolicy.Refuse,
                }
        );

        using var answer = await gate.PostAsync(path, request);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await answer.Content.ReadAsStringAsync()).ShouldContain(says);
        upstream.Requests.ShouldBeEmpty();
        (await gate.RecordsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_calls_would_be_refused_a_prompt_is_durable_before_it_is_sent()
    {
        InProcessGateway? gate = null;
        var known = -1;
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            known = (await gate!.Transcripts!.Store.EntriesAsync(new TranscriptSelection())).Count;
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Answer));
        });
        await using (
            gate = await InProcessGateway.StartAsync(
                new GatewayOptions { Routing = InProcessGateway.RoutingTo(upstream.Address) },
                transcripts: options =>
                    options with
                    {
                        Capture = TranscriptCapture.All,
                        WhenUnavailable = TranscriptOutagePolicy.Refuse,
                    }
            )
        )
        {
            using var answer = await gate.PostAsync("/v1/chat/completions", """{"model":"gpt-4o"}""");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            known.ShouldBe(1);
        }
    }

    private static Task<InProcessGateway> StartAwayAsync(
        Uri provider,
        Func<TranscriptOptions, TranscriptOptions> transcripts
    ) =>
        InProcessGateway.StartAsync(
            new GatewayOptions { Routing = InProcessGateway.RoutingTo(provider) },
            transcripts: options =>
            {
                Directory.CreateDirectory(Path.Combine(options.DataFolder, TranscriptOptions.FileName));
                return transcripts(options);
            }
        );
}
