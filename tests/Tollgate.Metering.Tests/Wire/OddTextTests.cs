using System.Text;
using Tollgate.Metering.Wire.OpenAI;

namespace Tollgate.Metering.Tests.Wire;

public class OddTextTests
{
    private const string Usage = "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}";

    [Theory]
    [InlineData("\"id\":\"\\ud800\"")]
    [InlineData("\"model\":\"a\\udc00b\"")]
    [InlineData("\"service_tier\":\"\\ud800\"")]
    [InlineData("\"\\ud800\":1")]
    [InlineData("\"choices\":[{\"delta\":{\"\\udfff\":1,\"content\":\"\\ud83d\"}}]")]
    [InlineData("\"id\":\"\u00ff\"")]
    public void Half_a_character_does_not_cost_the_usage(string field)
    {
        foreach (var json in new[] { $"{{{field},{Usage}}}", $"{{{Usage},{field}}}" })
        {
            // Latin-1 leaves bytes that are not UTF-8 as they are.
            var meter = new ChatCompletionsMeter();
            meter.ReadFrame([], Encoding.Latin1.GetBytes(json));
            meter.Reading.Usage.ToString().ShouldBe("InputText=10 OutputText=5 Request=1");
        }
    }

    [Theory]
    [InlineData("id")]
    [InlineData("model")]
    public void A_name_of_absurd_length_is_not_kept(string field)
    {
        var meter = new ChatCompletionsMeter();
        meter.ReadFrame([], Encoding.UTF8.GetBytes($"{{\"{field}\":\"{new string('x', 100_000)}\",{Usage}}}"));
        meter.Reading.ResponseId.ShouldBeNull();
        meter.Reading.ResponseModel.ShouldBeNull();
        meter.Reading.HasUsage.ShouldBeTrue();
    }

    [Fact]
    public void Escaped_names_are_names()
    {
        var meter = new ChatCompletionsMeter();
        meter.ReadFrame(
            [],
            """{"mod\u0065l":"qwen\/qwen3","\u0075sage":{"prompt\u005ftokens":10,"completion_tokens":5}}"""u8
        );
        meter.Reading.ResponseModel.ShouldBe("qwen/qwen3");
        meter.Reading.Usage.ToString().ShouldBe("InputText=10 OutputText=5 Request=1");
    }
}
