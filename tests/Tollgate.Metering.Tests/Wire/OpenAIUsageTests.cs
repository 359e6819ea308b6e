using System.Text;
using Tollgate.Metering.Wire.OpenAI;

namespace Tollgate.Metering.Tests.Wire;

public class OpenAIUsageTests
{
    [Theory]
    [InlineData(
        """{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}""",
        "InputText=10 OutputText=5 Request=1"
    )]
    [InlineData("""{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}""", "Request=1")]
    public void Reads_plain_counts(string usage, string expected) => UsageOf(usage).ShouldBe(expected);

    [Theory]
    [InlineData(
        """
            {"prompt_tokens":10,"completion_tokens":5,"total_tokens":22,
             "completion_tokens_details":{"reasoning_tokens":7}}
            """,
        "InputText=10 OutputText=5 OutputReasoning=7 Request=1"
    )]
    [InlineData(
        """
            {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,
             "completion_tokens_details":{"reasoning_tokens":7}}
            """,
        "InputText=10 OutputReasoning=5 Request=1"
    )]
    [InlineData(
        """
            {"prompt_tokens":10,"completion_tokens":5,"total_tokens":18,
             "completion_tokens_details":{"reasoning_tokens":7}}
            """,
        "InputText=10 OutputText=1 OutputReasoning=7 Request=1"
    )]
    [InlineData(
        """{"prompt_tokens":10,"completion_tokens":5,"completion_tokens_details":{"reasoning_tokens":7}}""",
        "InputText=10 OutputText=5 OutputReasoning=7 Request=1"
    )]
    public void The_stated_total_decides_whether_reasoning_stands_beside_the_completion(
        string usage,
        string expected
    ) => UsageOf(usage).ShouldBe(expected);

    [Fact]
    public void Tokens_only_in_the_total_are_reasoning_as_of_Gemini_in_this_dialect() =>
        UsageOf("""{"prompt_tokens":7,"completion_tokens":8,"total_tokens":1046}""")
            .ShouldBe("InputText=7 OutputText=8 OutputReasoning=1031 Request=1");

    [Theory]
    [InlineData(
        """{"prompt_tokens":4,"completion_tokens":5,"total_tokens":109,"prompt_tokens_details":{"cached_tokens":100}}"""
    )]
    [InlineData(
        """{"prompt_tokens":4,"completion_tokens":5,"total_tokens":9,"prompt_tokens_details":{"cached_tokens":100}}"""
    )]
    [InlineData("""{"prompt_tokens":4,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":100}}""")]
    public void More_cached_tokens_than_prompt_tokens_stand_beside_them(string usage) =>
        UsageOf(usage).ShouldBe("InputText=4 CacheRead=100 OutputText=5 Request=1");

    [Fact]
    public void Cached_tokens_stated_under_several_names_are_counted_once() =>
        UsageOf(
                """
                {"prompt_tokens":100,"completion_tokens":5,"num_cached_tokens":80,"cached_tokens":80,
                 "prompt_cache_hit_tokens":80,"prompt_tokens_details":{"cached_tokens":null}}
                """
            )
            .ShouldBe("InputText=20 CacheRead=80 OutputText=5 Request=1");

    [Theory]
    [InlineData("\"12\"", "InputText=12 OutputText=5 Request=1")]
    [InlineData("12.0", "InputText=12 OutputText=5 Request=1")]
    [InlineData("1.2e1", "InputText=12 OutputText=5 Request=1")]
    [InlineData("11.5", "InputText=12 OutputText=5 Request=1")]
    public void A_number_written_oddly_is_a_number(string number, string expected) =>
        UsageOf($$"""{"prompt_tokens":{{number}},"completion_tokens":5}""").ShouldBe(expected);

    [Theory]
    [InlineData("-1")]
    [InlineData("1e300")]
    [InlineData("99999999999999999999999999999999")]
    [InlineData("1000000000001")]
    [InlineData("\"twelve\"")]
    [InlineData("\"12 tokens\"")]
    [InlineData("\"-3\"")]
    [InlineData("true")]
    public void A_usage_with_a_count_that_cannot_be_one_states_nothing(string number) =>
        UsageOf($$"""{"prompt_tokens":{{number}},"completion_tokens":5}""").ShouldBe("none");

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"prompt_tokens":null}""")]
    [InlineData("""{"prompt_tokens":-1,"completion_tokens":-1}""")]
    public void A_later_usage_that_states_nothing_does_not_undo_an_earlier_one(string usage)
    {
        var meter = new ChatCompletionsMeter();
        meter.ReadFrame([], """{"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5}}"""u8);
        meter.ReadFrame([], Encoding.UTF8.GetBytes($$"""{"choices":[],"usage":{{usage}}}"""));
        meter.Reading.Usage.ToString().ShouldBe("InputText=10 OutputText=5 Request=1");
    }

    [Fact]
    public void Of_two_usages_in_one_body_the_later_holds()
    {
        var meter = new ChatCompletionsMeter();
        meter.ReadBody(
            """
            {"usage":{"prompt_tokens":1,"completion_tokens":2},
             "usage":{"prompt_tokens":3,"completion_tokens":4}}
            """u8,
            isFinal: true
        );
        meter.Reading.Usage.ToString().ShouldBe("InputText=3 OutputText=4 Request=1");
    }

    private static string UsageOf(string usage)
    {
        var meter = new ChatCompletionsMeter();
        meter.ReadBody(Encoding.UTF8.GetBytes($$"""{"usage":{{usage}}}"""), isFinal: true);
        return meter.Reading.HasUsage ? meter.Reading.Usage.ToString() : "none";
    }
}
