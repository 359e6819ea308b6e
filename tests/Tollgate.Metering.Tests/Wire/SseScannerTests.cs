using System.Text;
using Tollgate.Metering.Wire;

namespace Tollgate.Metering.Tests.Wire;

public class SseScannerTests
{
    [Theory]
    [MemberData(nameof(Payload.SseStreams), MemberType = typeof(Payload))]
    public void Line_ends_of_any_kind_give_the_same_reading(string name)
    {
        var payload = Payload.Named(name);
        var lines = Encoding.UTF8.GetString(payload.Bytes).ReplaceLineEndings("\n");
        foreach (var lineEnd in new[] { "\n", "\r\n", "\r" })
        {
            var bytes = Encoding.UTF8.GetBytes(lines.Replace("\n", lineEnd, StringComparison.Ordinal));
            ReadingText.Write(StreamDriver.Run(payload, bytes).Reading).ShouldBe(payload.Expected);
            var bytewise = StreamDriver.Run(payload, bytes, Enumerable.Range(0, bytes.Length));
            ReadingText.Write(bytewise.Reading).ShouldBe(payload.Expected);
            bytewise.Frames.ShouldBe(StreamDriver.Run(payload, bytes).Frames);
        }
    }

    [Theory]
    [MemberData(nameof(Payload.SseStreams), MemberType = typeof(Payload))]
    public void A_byte_order_mark_and_comments_do_not_change_the_reading(string name)
    {
        var payload = Payload.Named(name);
        var stream = Encoding.UTF8.GetString(payload.Bytes);
        var variants = new[]
        {
            "\uFEFF" + stream,
            ":\n\n: ping\n" + stream,
            "\uFEFF: hello\n\n" + stream,
            "retry: 10\nid: 7\n" + stream,
        };
        foreach (var variant in variants)
        {
            var bytes = Encoding.UTF8.GetBytes(variant);
            ReadingText.Write(StreamDriver.Run(payload, bytes).Reading).ShouldBe(payload.Expected);
            ReadingText.Write(StreamDriver.Run(payload, bytes, 1, 2, 3, 5).Reading).ShouldBe(payload.Expected);
        }
    }

    [Theory]
    [InlineData("data: [DONE]")]
    [InlineData("data: [DONE]\n")]
    [InlineData("data: [DONE]\r")]
    [InlineData("data: [DONE]\r\n")]
    [InlineData("data: [DONE]\r\n\r")]
    public void A_last_event_without_its_blank_line_is_read_however_it_arrived(string end)
    {
        var payload = Payload.Named("openai-chat/kimi-cached-stream.sse");
        var stream = Encoding.UTF8.GetString(payload.Bytes);
        var bytes = Encoding.UTF8.GetBytes(stream[..stream.IndexOf("data: [DONE]", StringComparison.Ordinal)] + end);
        for (var cut = bytes.Length - end.Length - 2; cut <= bytes.Length; cut++)
        {
            var run = StreamDriver.Run(payload, bytes, cut);
            ReadingText.Write(run.Reading).ShouldBe(payload.Expected, $"cut at {cut}");
            run.Frames[^1].ShouldBe((bytes.Length, FrameRole.Terminal), $"cut at {cut}");
        }
    }

    [Fact]
    public void Data_on_several_lines_is_joined_by_line_feeds()
    {
        var payload = Payload.Named("openai-chat/kimi-cached-stream.sse");
        var stream = Encoding
            .UTF8.GetString(payload.Bytes)
            .Replace(",\"choices\"", ",\r\ndata:\"choices\"", StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(stream);
        for (var cut = 0; cut <= bytes.Length; cut++)
            ReadingText
                .Write(StreamDriver.Run(payload, bytes, cut).Reading)
                .ShouldBe(payload.Expected, $"cut at {cut}");
    }

    [Fact]
    public void Names_and_values_are_read_with_and_without_the_space()
    {
        foreach (var line in new[] { "event:ping\ndata:{}\n\n", "event: ping\ndata: {}\n\n" })
        {
            var bytes = Encoding.UTF8.GetBytes(line);
            new SseScanner().TryRead(bytes, isFinal: false, out var frame).ShouldBeTrue();
            Encoding.UTF8.GetString(frame.Event.Slice(bytes)).ShouldBe("ping");
            Encoding.UTF8.GetString(frame.Data.Slice(bytes)).ShouldBe("{}");
            frame.Length.ShouldBe(bytes.Length);
        }
    }
}
