using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Pricing.LiteLlm;

/// <summary>The subject of a cost field in LiteLLM's price file: its name without suffixes.</summary>
/// <param name="Name">The start of the field's name.</param>
/// <param name="Kind">The kind that it prices; null if it prices a unit that Tollgate does not count.</param>
/// <param name="Replaces">The kind that is then not billed by the token, so that it has no default rate.</param>
internal sealed record CostFieldStem(string Name, UsageKind? Kind, UsageKind? Replaces = null)
{
    /// <summary>All stems, longest first, since some are a prefix of another.</summary>
    public static readonly CostFieldStem[] All = [.. Declared().OrderByDescending(stem => stem.Name.Length)];

    private static CostFieldStem[] Declared() =>
        [
            new("input_cost_per_token", UsageKind.InputText),
            new("input_cost_per_audio_token", UsageKind.InputAudio),
            new("input_cost_per_image_token", UsageKind.InputImage),
            new("input_cost_per_token_cache_hit", UsageKind.CacheRead),
            new("cache_read_input_token_cost", UsageKind.CacheRead),
            new("cache_read_input_audio_token_cost", UsageKind.CacheReadAudio),
            new("cache_creation_input_token_cost", UsageKind.CacheWrite5m),
            new("output_cost_per_token", UsageKind.OutputText),
            new("output_cost_per_reasoning_token", UsageKind.OutputReasoning),
            new("output_cost_per_audio_token", UsageKind.OutputAudio),
            new("output_cost_per_image_token", UsageKind.OutputImage),
            new("input_cost_per_second", UsageKind.Second),
            new("output_cost_per_second", UsageKind.Second),
            new("input_cost_per_character", UsageKind.Character),
            new("output_cost_per_character", UsageKind.Character),
            new("input_cost_per_request", UsageKind.Request),
            new("input_cost_per_audio_per_second", null, UsageKind.InputAudio),
            new("input_cost_per_video_per_second", null, UsageKind.InputImage),
            new("input_cost_per_image", null, UsageKind.InputImage),
            new("input_cost_per_pixel", null, UsageKind.InputImage),
        ];
}
