using System.Text;
using Tollgate.Gateway.Dialects;
using Tollgate.Gateway.Forwarding;
using Tollgate.Metering.Usage;
using Tollgate.Metering.Wire;
using Tollgate.Metering.Wire.Anthropic;
using Tollgate.Metering.Wire.Gemini;
using Tollgate.Metering.Wire.OpenAI;

namespace Tollgate.Gateway.Tests.Forwarding;

/// <summary>
/// Whatever a stream looks like and wherever it is cut: no byte is lost, and nothing that ends it passes before it may.
/// </summary>
public class FrameFilterTests
{
    private const string Content = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}\n\n";
    private const string Usage =
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3,\"total_tokens\":15}}\n\n";
    private const string Split = "data: {\"choices\":[{\"index\":0,\ndata: \"delta\":{\"content\":\"y\"}}]}\r\n\r\n";
    private const string Delta =
        "event: content_block_delta\ndata: "
        + "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"x\"}}\n\n";
    private const string Stop = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    private const string Candidate =
        "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]},\"index\":0}]}\n\n";
    private const string Finished =
        "data: {\"candidates\":[{\"finishReason\":\"STOP\",\"index\":0}],"
        + "\"usageMetadata\":{\"promptTokenCount\":4,\"totalTokenCount\":4}}\n\n";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OpenAI(bool withholds) =>
        Check(
            random =>
                (
                    Some(random, Content, ": a comment\n\n", Split, Usage),
                    "data: [DONE]\n\n" + (random.Next(2) == 0 ? "" : ": bye\n\n")
                ),
            () => new ChatCompletionsMeter(),
            () => new SseScanner(),
            withholds ? Usage : null
        );

    [Fact]
    public void Anthropic() =>
        Check(
            random => (Some(random, Delta, "event: ping\ndata: {\"type\":\"ping\"}\n\n"), Stop),
            () => new MessagesMeter(),
            () => new SseScanner(),
            null
        );

    [Fact]
    public void Gemini_events() =>
        Check(
            random =>
                (
                    Some(random, Candidate, Finished, ": a comment\n\n") + Candidate,
                    Finished + (random.Next(2) == 0 ? "" : ": bye\n\n")
                ),
            () => new GenerateContentMeter(),
            () => new SseScanner(),
            null
        );

    [Fact]
    public void Gemini_array() =>
        Check(
            random => (InArray(random), ",\n" + Json(Finished) + "\n]"),
            () => new GenerateContentMeter(),
            () => new JsonArrayScanner(),
            null
        );

    [Fact]
    public void The_cost_stands_in_the_usage_wherever_the_stream_is_cut() =>
        Check(
            random => (Some(random, Content, ": a comment\n\n", Split, Usage), "data: [DONE]\n\n"),
            () => new ChatCompletionsMeter(),
            () => new SseScanner(),
            null,
            new(["usage"])
        );

    [Fact]
    public void The_cost_stands_in_Geminis_last_chunk_wherever_the_stream_is_cut() =>
        Check(
            random => (InArray(random), ",\n" + Json(Finished) + "\n]"),
            () => new GenerateContentMeter(),
            () => new JsonArrayScanner(),
            null,
            new(["usageMetadata"], IsCumulative: true)
        );

    /// <summary>
    /// Feeds random streams in random pieces. The second part of a stream is what must wait for its record.
    /// </summary>
    private static void Check(
        Func<Random, (string Free, string Held)> make,
        Func<IUsageMeter> newMeter,
        Func<IFrameScanner> newScanner,
        string? withheld,
        UsageLocation? priced = null
    )
    {
        var random = new Random(20261121);
        for (var trial = 0; trial < 2000; trial++)
        {
            var (free, held) = make(random);
            var meter = newMeter();
            var stamp = priced is null ? null : new CostInjector(priced, meter, static _ => Money.Round(0.25m));
            var gate = new FrameFilter(newScanner(), meter, withheld is not null, stamp);
            using var unread = new PooledBuffer(16);
            var passed = new StringBuilder();
            foreach (var piece in Pieces(random, Encoding.UTF8.GetBytes(free + held)))
            {
                unread.Append(piece);
                Drain(gate, unread, passed, isFinal: false);
            }

            Drain(gate, unread, passed, isFinal: true);

            var expected = withheld is null ? free : free.Replace(withheld, "", StringComparison.Ordinal);
            passed.ToString().ShouldBe(priced is null ? expected : Stamped(expected), $"trial {trial}");
            Encoding.UTF8.GetString(unread.Span).ShouldBe(priced is null ? held : Stamped(held), $"trial {trial}");
            gate.IsHolding.ShouldBeTrue();
        }
    }

    private static string Stamped(string stream) =>
        stream
            .Replace("15}", "15,\"cost\":0.25}", StringComparison.Ordinal)
            .Replace("\"totalTokenCount\":4}", "\"totalTokenCount\":4,\"cost\":0.25}", StringComparison.Ordinal);

    private static void Drain(FrameFilter gate, PooledBuffer unread, StringBuilder passed, bool isFinal)
    {
        while (!gate.IsTerminal)
        {
            var verdict = gate.Evaluate(unread, isFinal);
            passed.Append(Encoding.UTF8.GetString(unread.Span[..verdict.Pass]));
            unread.Consume(verdict.Pass + verdict.Skip);
            if (verdict is { Pass: 0, Skip: 0 })
                return;
        }
    }

    private static IEnumerable<byte[]> Pieces(Random random, byte[] bytes)
    {
        var most = random.Next(1, 300);
        for (var start = 0; start < bytes.Length;)
        {
            var length = Math.Min(random.Next(1, most + 1), bytes.Length - start);
            yield return bytes[start..(start + length)];
            start += length;
        }
    }

    private static string Some(Random random, params string[] frames) =>
        string.Concat(Enumerable.Range(0, random.Next(0, 8)).Select(_ => frames[random.Next(frames.Length)]));

    private static string InArray(Random random) =>
        "["
        + string.Concat(
            Enumerable
                .Range(0, random.Next(1, 6))
                .Select(_ => Json(random.Next(3) == 0 ? Finished : Candidate) + (random.Next(2) == 0 ? "\n," : ",\r\n"))
        )
        + Json(Candidate);

    private static string Json(string frame) => frame["data: ".Length..].TrimEnd();
}
