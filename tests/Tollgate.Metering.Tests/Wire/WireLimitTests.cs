using System.Text;
using Tollgate.Metering.Wire;

namespace Tollgate.Metering.Tests.Wire;

public class WireLimitTests
{
    private const int PieceLength = 16 * 1024;

    public static TheoryData<string> Dialects =>
        ["openai-chat/plain.json", "openai-responses/plain.json", "anthropic/plain.json", "gemini/image-output.json"];

    [Theory]
    [Trait("Needs", "Time")]
    [MemberData(nameof(Dialects))]
    public void Ten_megabytes_of_nesting_are_refused_without_harm(string name)
    {
        foreach (var opening in new[] { "[", "{\"a\":", "{\"usage\":", "{\"choices\":[", "{\"candidates\":[" })
        {
            var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(opening, 10_000_000 / opening.Length)));
            Feed(Payload.Named(name), bytes).IsComplete.ShouldBeFalse();
            var meter = Payload.Named(name).NewMeter();
            meter.ReadFrame([], bytes).ShouldBe(FrameRole.Content);
            new JsonArrayScanner().TryRead(bytes, isFinal: false, out _).ShouldBeFalse();
        }
    }

    [Theory]
    [Trait("Needs", "Time")]
    [MemberData(nameof(Dialects))]
    public void A_string_of_20_megabytes_is_passed_over_in_little_memory_and_time(string name)
    {
        var payload = Payload.Named(name);
        foreach (var unit in new[] { "x", "\\\"", "\\\\", "\\u00e9", "é" })
        {
            var bytes = WithLongString(payload, unit, 20_000_000);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var reading = Feed(payload, bytes);
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4_000_000, unit);
            ReadingText.Write(reading).ShouldBe(payload.Expected, unit);
        }
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void A_long_string_cut_anywhere_is_read_the_same(string name)
    {
        var payload = Payload.Named(name);
        foreach (var unit in new[] { "x", "\\\"", "\\\\\\\\", "\\u00e9" })
        {
            var bytes = WithLongString(payload, unit, 40_000);
            foreach (var pieceLength in new[] { 997, 1024, 4093, 4096, 8191, bytes.Length })
                ReadingText
                    .Write(Feed(payload, bytes, pieceLength))
                    .ShouldBe(payload.Expected, $"{unit} in pieces of {pieceLength}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(4096)]
    [InlineData(100_000)]
    public void The_length_of_a_long_text_does_not_depend_on_its_pieces(int pieceLength)
    {
        var payload = Payload.Named("openai-chat/plain.json");
        var text = string.Concat(Enumerable.Repeat("ab\\n\\\"é", 5_000));
        var bytes = Encoding.UTF8.GetBytes($"{{\"choices\":[{{\"message\":{{\"content\":\"{text}\"}}}}]}}");
        var reading = Feed(payload, bytes, pieceLength);
        reading.OutputBytes.ShouldBe(Encoding.UTF8.GetByteCount(text));
        reading.IsComplete.ShouldBeTrue();
    }

    [Fact]
    public void A_long_string_that_never_ends_is_not_complete()
    {
        var bytes = Encoding.UTF8.GetBytes(
            "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2},\"x\":\"" + new string('x', 50_000)
        );
        var reading = Feed(Payload.Named("openai-chat/plain.json"), bytes);
        reading.IsComplete.ShouldBeFalse();
        reading.Usage.ToString().ShouldBe("InputText=1 OutputText=2 Request=1");
    }

    private static byte[] WithLongString(Payload payload, string unit, int length)
    {
        var filling = string.Concat(Enumerable.Repeat(unit, length / Encoding.UTF8.GetByteCount(unit)));
        return Encoding.UTF8.GetBytes(
            $"{{\"filling\":\"{filling}\",{Encoding.UTF8.GetString(payload.Bytes).TrimStart()[1..]}"
        );
    }

    private static MeterReading Feed(Payload payload, byte[] bytes, int pieceLength = PieceLength)
    {
        var meter = payload.NewMeter();
        for (var at = 0; at < bytes.Length; at += pieceLength)
            meter.ReadBody(bytes.AsSpan(at, Math.Min(pieceLength, bytes.Length - at)), isFinal: false);
        meter.ReadBody([], isFinal: true);
        return meter.Reading;
    }
}
