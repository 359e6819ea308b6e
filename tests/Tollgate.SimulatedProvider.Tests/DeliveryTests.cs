using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;

namespace Tollgate.SimulatedProvider.Tests;

public sealed class DeliveryTests
{
    [Theory]
    [InlineData("gzip", false)]
    [InlineData("gzip", true)]
    [InlineData("br", true)]
    [InlineData("deflate", true)]
    public async Task Compressed_answers_decode_to_the_same_usage(string encoding, bool stream)
    {
        await using var provider = await Provider.StartAsync();
        using var response = await provider.ChatAsync("[[sim output=7 encoding=" + encoding + "]]", stream);
        response.Content.Headers.ContentEncoding.ShouldBe([encoding]);
        using var decoded = new StreamReader(
            Decode(await response.Content.ReadAsStreamAsync(Provider.Token), encoding)
        );
        var text = await decoded.ReadToEndAsync(Provider.Token);
        text.ShouldContain("\"completion_tokens\":7");
        (await provider.BillAsync()).Count("complete", "kinds", "output_text").ShouldBe(7);
    }

    [Fact]
    public async Task HTTP_2_in_clear_text_is_spoken_on_the_second_port()
    {
        await using var provider = await Provider.StartAsync(
            new SimulatedProviderOptions { Http2ListenUrl = new Uri("http://127.0.0.1:0") }
        );
        using var client = new HttpClient { BaseAddress = provider.Http2BaseAddress };
        using var response = await client.SendAsync(Http2Request("[[sim output=3]]"), Provider.Token);
        response.Version.ShouldBe(HttpVersion.Version20);
        (await response.Content.ReadAsStringAsync(Provider.Token)).ShouldEndWith("data: [DONE]\n\n");
    }

    [Fact]
    public async Task A_cut_over_HTTP_2_resets_only_its_own_stream()
    {
        await using var provider = await Provider.StartAsync(
            new SimulatedProviderOptions { Http2ListenUrl = new Uri("http://127.0.0.1:0") }
        );
        using var client = new HttpClient { BaseAddress = provider.Http2BaseAddress };
        var cutting = client.SendAsync(
            Http2Request("[[sim output=8 chunks=4 cut=1]]"),
            HttpCompletionOption.ResponseHeadersRead,
            Provider.Token
        );
        (await cutting.CutTextAsync()).ShouldNotContain("[DONE]");
        using var response = await client.SendAsync(Http2Request("[[sim output=3]]"), Provider.Token);
        (await response.Content.ReadAsStringAsync(Provider.Token)).ShouldEndWith("data: [DONE]\n\n");
        var bill = await provider.BillAsync();
        bill.Count("cut", "kinds", "output_text").ShouldBe(2);
        bill.Count("complete", "kinds", "output_text").ShouldBe(3);
    }

    [Fact]
    public async Task A_hanging_call_does_not_keep_the_provider_from_stopping()
    {
        var provider = await Provider.StartAsync();
        using var response = await provider.ChatAsync("[[sim hang=60m]]", stream: true);
        var rest = response.Content.ReadAsStringAsync(Provider.Token);
        await provider.StopServerAsync().WaitAsync(TimeSpan.FromSeconds(20), Provider.Token);
        await Should.ThrowAsync<HttpRequestException>(() => rest);
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task A_padded_answer_is_at_least_so_large_and_bills_no_more()
    {
        await using var provider = await Provider.StartAsync();
        var plain = await provider.ChatAsync("[[sim output=3 size=2000000]]").TextAsync();
        plain.Length.ShouldBeInRange(2_000_000, 2_010_000);
        var streamed = await provider.ChatAsync("[[sim output=3 size=100000]]", stream: true).TextAsync();
        streamed.Length.ShouldBeInRange(100_000, 110_000);
        (await provider.BillAsync()).Count("complete", "kinds", "output_text").ShouldBe(6);
    }

    [Fact]
    public async Task A_trickling_answer_arrives_whole()
    {
        await using var provider = await Provider.StartAsync();
        var events = await provider.MessagesAsync("[[sim output=2 trickle=0ms]]", stream: true).EventsAsync();
        events[^1].Name.ShouldBe("message_stop");
    }

    [Fact]
    public async Task Latency_and_rate_follow_the_clock()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
        await using var provider = await Provider.StartAsync(new SimulatedProviderOptions { TimeProvider = clock });
        var answering = provider.ChatAsync("[[sim latency=1s ttft=2s output=10 rate=5]]").JsonAsync();
        await clock.TimerStartedAsync(Provider.Token);
        clock.Advance(TimeSpan.FromSeconds(1));

        // Prompt processing of 2 s and 10 tokens at 5 a second.
        await clock.TimerStartedAsync(Provider.Token);
        clock.Advance(TimeSpan.FromSeconds(3.999));
        answering.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.001));

        // Created when generation began, one second after noon.
        (await answering)
            .Count("created")
            .ShouldBe(1_782_907_201);
    }

    [Fact]
    public async Task A_client_that_leaves_is_billed_for_what_was_generated_by_then()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.UnixEpoch);
        await using var provider = await Provider.StartAsync(new SimulatedProviderOptions { TimeProvider = clock });
        using var leaving = new CancellationTokenSource();
        using var content = new StringContent(Provider.ChatBody("[[sim input=10 output=100 rate=10]]").ToJsonString());
        provider.Client.DefaultRequestHeaders.Add("Authorization", "Bearer test");
        var answering = provider.Client.PostAsync("/v1/chat/completions", content, leaving.Token);

        // Generation takes 10 s; the client goes after 4.
        await clock.TimerStartedAsync(Provider.Token);
        clock.Advance(TimeSpan.FromSeconds(4));
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => answering);
        var bill = await provider.BillAsync();
        bill.Count("cut", "kinds", "input_text").ShouldBe(10);
        bill.Count("cut", "kinds", "output_text").ShouldBe(40);
    }

    [Fact]
    public async Task Every_answer_has_its_own_id()
    {
        await using var provider = await Provider.StartAsync();
        using var one = await provider.ChatAsync("");
        using var two = await provider.ChatAsync("");
        one.Headers.GetValues("x-request-id").Single().ShouldNotBe(two.Headers.GetValues("x-request-id").Single());
        var ids = (await provider.CallsAsync()).Select(call => call["response_id"]!.GetValue<string>()).ToArray();
        var wire = JsonNode.Parse(await one.Content.ReadAsStringAsync(Provider.Token))!;
        ids.ShouldContain(wire["id"]!.GetValue<string>());
        ids.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Only_the_last_script_of_a_conversation_counts()
    {
        await using var provider = await Provider.StartAsync();
        var answer = await provider.ChatAsync("[[sim output=5]] and then [[sim output=9]]").JsonAsync();
        answer["usage"]!.Count("completion_tokens").ShouldBe(9);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"model\":7}")]
    [InlineData("{\"messages\":[]}")]
    public async Task A_malformed_request_is_a_400(string body)
    {
        await using var provider = await Provider.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Headers.Add("Authorization", "Bearer test");
        using var response = await provider.Client.SendAsync(request, Provider.Token);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Only_loopback_addresses_are_served()
    {
        var options = new SimulatedProviderOptions { ListenUrl = new Uri("http://192.0.2.1:9000") };
        await Should.ThrowAsync<ArgumentException>(() => SimulatedProviderServer.StartAsync(options, Provider.Token));
    }

    private static HttpRequestMessage Http2Request(string script)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StringContent(Provider.ChatBody(script, stream: true).ToJsonString()),
        };
        request.Headers.Add("Authorization", "Bearer test");
        return request;
    }

    private static Stream Decode(Stream body, string encoding) =>
        encoding switch
        {
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            _ => new ZLibStream(body, CompressionMode.Decompress),
        };
}
