using System.IO.Compression;
using System.Net;
using System.Text;
using Tollgate.Metering.Usage;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Forwarding;

/// <summary>
/// Whatever a provider answers, its attempt is booked once, and the caller is told something it can read.
/// </summary>
public class OddAnswerTests
{
    private const string Body =
        """{"id":"c","model":"gpt-4o","choices":[]"""
        + ""","usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}""";
    private const string Plain = """{"model":"gpt-4o","max_tokens":50}""";
    private const string Streamed = """{"model":"gpt-4o","max_tokens":50,"stream":true}""";
    private const string StreamedWithUsage =
        """{"model":"gpt-4o","max_tokens":50,"stream":true,"stream_options":{"include_usage":true}}""";

    [Theory]
    [InlineData("x-note: caf\u00e9")]
    [InlineData("x-note: a\u0001b")]
    [InlineData("x-note: \u007f")]
    [InlineData("Retry-After: soon")]
    [InlineData("Content-Type: ;;;")]
    [InlineData("Set-Cookie: a=b")]
    public async Task A_header_that_cannot_be_passed_on_costs_neither_the_record_nor_the_answer(string header)
    {
        await using var upstream = RawUpstream.Answering(
            $"HTTP/1.1 200 OK\nContent-Length: {Body.Length}\n{header}\n\n",
            Encoding.UTF8.GetBytes(Body)
        );
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync("/v1/chat/completions", Plain);

        (await answer.Content.ReadAsStringAsync()).ShouldBe(Body);
        (await gate.RecordsAsync()).Single().Usage.TotalTokens.ShouldBe(15);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Theory]
    [InlineData("gzip", Plain)]
    [InlineData("br", Plain)]
    [InlineData("deflate", Plain)]
    [InlineData("gzip", Streamed)]
    [InlineData("br", Streamed)]
    [InlineData("deflate", Streamed)]
    [InlineData("gzip", StreamedWithUsage)]
    [InlineData("br", StreamedWithUsage)]
    [InlineData("deflate", StreamedWithUsage)]
    public async Task A_false_content_encoding_is_booked_and_reported(string encoding, string request)
    {
        var type = request == Plain ? "application/json" : "text/event-stream";
        var lie = Encoding.UTF8.GetBytes("data: " + Body + "\n\n" + Body);
        await using var upstream = RawUpstream.Answering(
            $"HTTP/1.1 200 OK\nContent-Type: {type}\nContent-Encoding: {encoding}\nContent-Length: {lie.Length}\n\n",
            lie
        );
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        await ShouldBeToldAsync(gate, request);

        (await gate.RecordsAsync(1))
            .Single()
            .ShouldSatisfyAllConditions(
                record => record.Outcome.ShouldBe(CallOutcome.UpstreamCut),
                record => record.ErrorType.ShouldBe("invalid_encoding"),
                record => record.UsageSource.ShouldBe(UsageSource.Estimated)
            );
    }

    [Theory]
    [InlineData("gzip", Streamed)]
    [InlineData("br", Streamed)]
    [InlineData("gzip", StreamedWithUsage)]
    [InlineData("br", StreamedWithUsage)]
    public async Task A_compressed_stream_that_is_cut_is_booked(string encoding, string request)
    {
        var whole = Compress(Encoding.UTF8.GetBytes("data: " + Body + "\n\ndata: [DONE]\n\n"), encoding);
        await using var upstream = RawUpstream.Answering(
            $"HTTP/1.1 200 OK\nContent-Type: text/event-stream\nContent-Encoding: {encoding}\nContent-Length: "
                + $"{whole.Length}\n\n",
            whole[..(whole.Length / 2)]
        );
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        await ShouldBeToldAsync(gate, request);

        (await gate.RecordsAsync(1)).Single().Outcome.ShouldBe(CallOutcome.UpstreamCut);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(205)]
    [InlineData(301)]
    [InlineData(304)]
    [InlineData(307)]
    [InlineData(700)]
    public async Task A_status_that_is_neither_an_answer_nor_an_error_is_a_failure_that_costs_nothing(int status)
    {
        await using var upstream = RawUpstream.Answering(
            $"HTTP/1.1 {status} Odd\nLocation: http://127.0.0.1:1/elsewhere\n\n"
        );
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync("/v1/chat/completions", Plain);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        answer.Headers.Location.ShouldBeNull();
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"returned status {status}");
        (await gate.RecordsAsync())
            .Last()
            .ShouldSatisfyAllConditions(
                record => record.StatusCode.ShouldBe(status),
                record => record.Outcome.ShouldBe(CallOutcome.ProviderError),
                record => record.UsageSource.ShouldBe(UsageSource.Missing)
            );
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200")]
    [InlineData("nonsense\n\n")]
    [InlineData("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nab")]
    [InlineData("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nzz\nab\n")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 100\n\n{")]
    public async Task An_answer_that_breaks_off_or_makes_no_sense_is_booked_at_the_upper_bound(string bytes)
    {
        await using var upstream = RawUpstream.Answering(bytes);
        await using var gate = await InProcessGateway.StartAsync(
            upstream.Address,
            routing => routing with { Retries = 0 }
        );

        using var answer = await gate.PostAsync("/v1/chat/completions", Plain);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await gate.RecordsAsync())
            .Single()
            .ShouldSatisfyAllConditions(
                record => record.Outcome.ShouldBe(CallOutcome.UpstreamCut),
                record => record.UsageSource.ShouldBe(UsageSource.Estimated),
                record => record.Usage.OutputTokens.ShouldBe(50)
            );
        upstream.Paths.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_empty_answer_is_passed_on_and_estimated()
    {
        await using var upstream = RawUpstream.Answering("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync("/v1/chat/completions", Plain);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gate.RecordsAsync()).Single().UsageSource.ShouldBe(UsageSource.Estimated);
    }

    [Fact]
    public async Task The_media_type_of_a_stream_may_be_written_in_capitals()
    {
        await using var upstream = RawUpstream.Answering(
            "HTTP/1.1 200 OK\nContent-Type: Text/Event-Stream; charset=UTF-8\n\n",
            Encoding.UTF8.GetBytes("data: " + Body + "\n\ndata: [DONE]\n\n")
        );
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync("/v1/chat/completions", StreamedWithUsage);

        (await answer.Content.ReadAsStringAsync()).ShouldEndWith("data: [DONE]\n\n");
        (await gate.RecordsAsync()).Single().Usage.TotalTokens.ShouldBe(15);
    }

    /// <summary>An error, or an answer that breaks off: never one that looks whole.</summary>
    private static async Task ShouldBeToldAsync(InProcessGateway gate, string request)
    {
        try
        {
            using var answer = await gate.PostAsync("/v1/chat/completions", request);
            var text = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway, text);
            answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
            text.ShouldContain("\"error\"");
        }
        catch (HttpRequestException)
        {
            // Broken off.
        }
    }

    private static byte[] Compress(byte[] bytes, string encoding)
    {
        using var compressed = new MemoryStream();
        using (
            Stream encoder =
                encoding == "gzip"
                    ? new GZipStream(compressed, CompressionLevel.Optimal)
                    : new BrotliStream(compressed, CompressionLevel.Optimal)
        )
            encoder.Write(bytes);
        return compressed.ToArray();
    }
}
