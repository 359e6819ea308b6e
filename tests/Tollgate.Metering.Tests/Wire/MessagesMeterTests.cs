using System.Text;
using Tollgate.Metering.Usage;
using Tollgate.Metering.Wire;
using Tollgate.Metering.Wire.Anthropic;

namespace Tollgate.Metering.Tests.Wire;

public class MessagesMeterTests
{
    [Theory]
    [InlineData(
        """{"input_tokens":1,"output_tokens":2,"service_tier":"standard","inference_geo":"us"}""",
        ServiceTier.Regional
    )]
    [InlineData(
        """{"input_tokens":1,"output_tokens":2,"inference_geo":"us","service_tier":"batch"}""",
        ServiceTier.Regional
    )]
    [InlineData("""{"input_tokens":1,"output_tokens":2,"inference_geo":"us","speed":"fast"}""", ServiceTier.Regional)]
    [InlineData(
        """{"input_tokens":1,"output_tokens":2,"service_tier":"standard","speed":"fast","inference_geo":"global"}""",
        ServiceTier.Fast
    )]
    [InlineData("""{"input_tokens":1,"output_tokens":2,"speed":"fast","service_tier":"standard"}""", ServiceTier.Fast)]
    [InlineData(
        """
            {"input_tokens":1,"output_tokens":2,"service_tier":"priority","speed":"standard",
             "inference_geo":"not_available"}
            """,
        ServiceTier.Priority
    )]
    public void Reads_the_dearest_of_tier_speed_and_region(string usage, ServiceTier expected) =>
        Read(usage).ServiceTier.ShouldBe(expected);

    [Theory]
    [InlineData("""{"input_tokens":-5,"output_tokens":2}""")]
    [InlineData("""{"input_tokens":5,"output_tokens":2,"cache_creation":{"ephemeral_1h_input_tokens":-1}}""")]
    [InlineData("""{"input_tokens":5,"output_tokens":2,"iterations":[{"input_tokens":1e99,"output_tokens":2}]}""")]
    public void A_usage_with_a_count_that_cannot_be_one_states_nothing(string usage) =>
        Read(usage).HasUsage.ShouldBeFalse();

    [Fact]
    public void A_delta_of_nulls_restates_nothing()
    {
        var meter = new MessagesMeter();
        meter.ReadFrame(
            [],
            """
            {"type":"message_start",
             "message":{"usage":{"input_tokens":5,"cache_read_input_tokens":7,"output_tokens":1}}}
            """u8
        );
        meter.ReadFrame(
            [],
            """
            {"type":"message_delta","usage":{"input_tokens":null,"cache_read_input_tokens":null,"output_tokens":9,
             "server_tool_use":null}}
            """u8
        );
        meter.Reading.Usage.ToString().ShouldBe("InputText=5 CacheRead=7 OutputText=9 Request=1");
    }

    [Fact]
    public void A_delta_that_is_cut_off_leaves_what_was_stated_before()
    {
        var meter = new MessagesMeter();
        meter.ReadFrame([], """{"type":"message_start","message":{"usage":{"input_tokens":5,"output_tokens":1}}}"""u8);
        meter.ReadFrame([], """{"type":"message_delta","usage":{"input_tokens":61,"output_tokens":12"""u8);
        meter.Reading.Usage.ToString().ShouldBe("InputText=5 OutputText=1 Request=1");
    }

    private static MeterReading Read(string usage)
    {
        var meter = new MessagesMeter();
        meter.ReadBody(Encoding.UTF8.GetBytes($$"""{"type":"message","usage":{{usage}}}"""), isFinal: true);
        return meter.Reading;
    }
}
