using System.Text;

namespace Tollgate.Metering.Tests.Wire;

public class ErrorAnswerTests
{
    [Theory]
    [InlineData("openai-chat/plain.json", """{"error":"model 'x' not found"}""", "error")]
    [InlineData("openai-chat/plain.json", """{"error":{"message":"busy"}}""", "error")]
    [InlineData("openai-chat/plain.json", """{"error":{"code":502,"message":"Bad gateway"}}""", "error")]
    [InlineData(
        "openai-chat/plain.json",
        """{"object":"error","message":"no","type":"BadRequestError","param":null,"code":400}""",
        "BadRequestError"
    )]
    [InlineData(
        "openai-chat/plain.json",
        """{"object":"error","message":"no","type":"invalid_request_error","param":null,"code":"3000"}""",
        "3000"
    )]
    [InlineData("openai-responses/plain.json", """{"error":"no"}""", "error")]
    [InlineData("anthropic/plain.json", """{"type":"error","error":"no"}""", "error")]
    [InlineData("anthropic/plain.json", """{"error":{"type":"api_error"}}""", "api_error")]
    [InlineData("gemini/stream.sse", """{"error":"no"}""", "error")]
    [InlineData("gemini/stream.sse", """[{"error":{"code":503,"status":"UNAVAILABLE"}}]""", "UNAVAILABLE")]
    public void Every_shape_of_an_error_is_one(string dialectOf, string body, string expected)
    {
        var meter = Payload.Named(dialectOf).NewMeter();
        meter.ReadBody(Encoding.UTF8.GetBytes(body), isFinal: true);
        meter.Reading.ErrorType.ShouldBe(expected);
        meter.Reading.IsComplete.ShouldBeFalse();
        var streamed = Payload.Named(dialectOf).NewMeter();
        streamed.ReadFrame([], Encoding.UTF8.GetBytes(body));
        streamed.Reading.ErrorType.ShouldBe(expected);
    }

    [Theory]
    [InlineData("openai-chat/plain.json", """{"error":null,"object":"chat.completion","type":"x"}""")]
    [InlineData("openai-responses/plain.json", """{"error":null,"type":"x","code":"y"}""")]
    [InlineData("anthropic/plain.json", """{"type":"message","error":null}""")]
    public void An_error_of_null_is_none(string dialectOf, string body)
    {
        var meter = Payload.Named(dialectOf).NewMeter();
        meter.ReadBody(Encoding.UTF8.GetBytes(body), isFinal: true);
        meter.Reading.ErrorType.ShouldBeNull();
        meter.Reading.IsComplete.ShouldBeTrue();
    }

    [Theory]
    [InlineData("openai-chat/plain.json")]
    [InlineData("openai-responses/plain.json")]
    [InlineData("anthropic/plain.json")]
    [InlineData("gemini/stream.sse")]
    public void An_answer_that_is_not_JSON_is_not_complete_and_states_nothing(string dialectOf)
    {
        foreach (
            var body in new[]
            {
                "",
                "<html><body>502 Bad Gateway</body></html>",
                "null}",
                "{\"usage\":",
                "upstream timed out",
            }
        )
        {
            var meter = Payload.Named(dialectOf).NewMeter();
            meter.ReadBody(Encoding.UTF8.GetBytes(body), isFinal: true);
            meter.Reading.IsComplete.ShouldBeFalse(body);
            meter.Reading.HasUsage.ShouldBeFalse(body);
        }
    }
}
