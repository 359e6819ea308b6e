using Tollgate.Metering.Pricing.LiteLlm;
using Tollgate.Metering.Usage;
using static Tollgate.Metering.Usage.ServiceTier;
using static Tollgate.Metering.Usage.UsageKind;

namespace Tollgate.Metering.Tests.Pricing.LiteLlm;

public class CostFieldTests
{
    [Theory]
    [InlineData("input_cost_per_token", InputText, Standard, 0)]
    [InlineData("output_cost_per_token_batches", OutputText, Batch, 0)]
    [InlineData("input_cost_per_token_above_200k_tokens_priority", InputText, Priority, 200_000)]
    [InlineData("input_cost_per_token_priority_above_272k_tokens", InputText, Priority, 272_000)]
    [InlineData("cache_read_input_token_cost_above_128k_tokens_flex", CacheRead, Flex, 128_000)]
    [InlineData("input_cost_per_token_cache_hit", CacheRead, Standard, 0)]
    [InlineData("cache_creation_input_token_cost", CacheWrite5m, Standard, 0)]
    [InlineData("cache_creation_input_token_cost_above_1hr", CacheWrite1h, Standard, 0)]
    [InlineData("cache_creation_input_token_cost_above_1hr_above_200k_tokens", CacheWrite1h, Standard, 200_000)]
    [InlineData("cache_read_input_audio_token_cost", CacheReadAudio, Standard, 0)]
    [InlineData("input_cost_per_audio_token_priority", InputAudio, Priority, 0)]
    [InlineData("output_cost_per_reasoning_token", OutputReasoning, Standard, 0)]
    [InlineData("output_cost_per_image_token", OutputImage, Standard, 0)]
    [InlineData("input_cost_per_second", Second, Standard, 0)]
    [InlineData("input_cost_per_character", Character, Standard, 0)]
    public void Reads_a_stem_and_its_suffixes(string name, UsageKind kind, ServiceTier tier, long above)
    {
        var field = CostField.Parse(name);
        field.IsSupported.ShouldBeTrue();
        (field.Kind, field.Tier, field.AboveInputTokens).ShouldBe((kind, tier, above));
    }

    [Theory]
    [InlineData("input_cost_per_token_turbo", InputText)]
    [InlineData("input_cost_per_token_above_8s_interval", InputText)]
    [InlineData("input_cost_per_token_above_k_tokens", InputText)]
    [InlineData("input_cost_per_token_above_0k_tokens", InputText)]
    [InlineData("input_cost_per_token_above_99999999999k_tokens", InputText)]
    [InlineData("input_cost_per_token_flex_priority", InputText)]
    [InlineData("input_cost_per_token_flex_flex", InputText)]
    [InlineData("input_cost_per_token_flexible", InputText)]
    [InlineData("input_cost_per_token_above_1hr", InputText)]
    [InlineData("input_cost_per_token_above_1k_tokens_above_2k_tokens", InputText)]
    [InlineData("input_cost_per_tokens", null)]
    [InlineData("input_cost_per_image", null)]
    [InlineData("citation_cost_per_token", null)]
    public void Says_what_it_does_not_understand(string name, UsageKind? kind)
    {
        var field = CostField.Parse(name);
        field.IsSupported.ShouldBeFalse();
        field.Kind.ShouldBe(kind);
    }
}
