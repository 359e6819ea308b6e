using System.Text;
using Tollgate.Metering.Wire;

namespace Tollgate.Metering.Tests.Wire;

public class FrameRoleTests
{
    [Theory]
    [InlineData("openai-chat/azure-filter-stream.sse", "Content*5 UsageOnly Terminal")]
    [InlineData("openai-chat/deepseek-usage-with-choice-stream.sse", "Content*2 Terminal")]
    [InlineData("openai-chat/openrouter-comment-stream.sse", "Content*4 Terminal")]
    [InlineData("openai-chat/error-mid-stream.sse", "Content*2 Terminal")]
    [InlineData("openai-chat/two-choices-refusal-no-done-stream.sse", "Content*5 UsageOnly")]
    [InlineData("openai-responses/stream.sse", "Content*7 Terminal")]
    [InlineData("openai-responses/incomplete-stream.sse", "Content*4 Terminal")]
    [InlineData("openai-responses/error-then-failed-stream.sse", "Content*3 Terminal")]
    [InlineData("openai-responses/error-null-code-stream.sse", "Content")]
    [InlineData("anthropic/stream.sse", "Content*7 Terminal")]
    [InlineData("anthropic/error-overloaded-stream.sse", "Content*4")]
    [InlineData("gemini/thoughts-stream.sse", "Content*3 PerhapsTerminal")]
    [InlineData("gemini/prompt-blocked-stream.sse", "PerhapsTerminal")]
    [InlineData("gemini/stream.json-array", "Content*2 PerhapsTerminal Content")]
    public void Each_frame_has_its_role(string name, string expected)
    {
        var payload = Payload.Named(name);
        var roles = new StringBuilder();
        var run = StreamDriver.Run(payload, payload.Bytes).Frames.Select(frame => frame.Role).ToList();
        for (var at = 0; at < run.Count;)
        {
            var count = run.Skip(at).TakeWhile(role => role == run[at]).Count();
            roles.Append(at > 0 ? " " : "").Append(run[at]).Append(count > 1 ? $"*{count}" : "");
            at += count;
        }

        roles.ToString().ShouldBe(expected);
    }

    [Fact]
    public void After_a_finish_reason_of_Gemini_every_frame_is_perhaps_the_last()
    {
        var payload = Payload.Named("gemini/stream.sse");
        var bytes = payload
            .Bytes.Concat([
                .. "data: {\"candidates\":[{\"index\":0,\"groundingMetadata\":{\"webSearchQueries\":[\"q\"]}}]}"u8,
                .. "\r\n\r\n: end\r\n\r\n"u8,
            ])
            .ToArray();
        var run = StreamDriver.Run(payload, bytes);
        run.Frames.Select(frame => frame.Role)
            .ToArray()[^3..]
            .ShouldBe([FrameRole.PerhapsTerminal, FrameRole.PerhapsTerminal, FrameRole.Content]);
        run.Reading.IsComplete.ShouldBeTrue();
        run.Reading.Usage.ToString().ShouldBe("InputText=9 OutputText=23 OutputReasoning=185 ToolUse=1 Request=1");
    }

    [Fact]
    public void A_candidate_of_Gemini_that_has_not_finished_keeps_the_stream_open()
    {
        var meter = Payload.Named("gemini/stream.sse").NewMeter();
        meter.ReadFrame([], """{"candidates":[{"index":0,"content":{}},{"content":{},"index":1}]}"""u8);
        meter.ReadFrame([], """{"candidates":[{"finishReason":"STOP","index":1}]}"""u8);
        meter.Reading.IsComplete.ShouldBeFalse();
        meter.ReadFrame([], """{"candidates":[{"finishReason":"STOP"}]}"""u8);
        meter.Reading.IsComplete.ShouldBeTrue();
    }
}
