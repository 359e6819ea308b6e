using System.Collections.Frozen;
using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Pricing;

/// <summary>The words of the price file, for reading and writing alike.</summary>
internal static class PriceFileNames
{
    public const decimal Million = 1_000_000m;

    public static readonly FrozenDictionary<string, UsageKind> PerMillion = new Dictionary<string, UsageKind>
    {
        ["input"] = UsageKind.InputText,
        ["input_audio"] = UsageKind.InputAudio,
        ["input_image"] = UsageKind.InputImage,
        ["cache_read"] = UsageKind.CacheRead,
        ["cache_read_audio"] = UsageKind.CacheReadAudio,
        ["cache_write_5m"] = UsageKind.CacheWrite5m,
        ["cache_write_1h"] = UsageKind.CacheWrite1h,
        ["output"] = UsageKind.OutputText,
        ["reasoning"] = UsageKind.OutputReasoning,
        ["output_audio"] = UsageKind.OutputAudio,
        ["output_image"] = UsageKind.OutputImage,
        ["character"] = UsageKind.Character,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static readonly FrozenDictionary<string, UsageKind> Each = new Dictionary<string, UsageKind>
    {
        ["tool_use"] = UsageKind.ToolUse,
        ["request"] = UsageKind.Request,
        ["second"] = UsageKind.Second,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static readonly FrozenDictionary<string, ServiceTier> Tiers = new Dictionary<string, ServiceTier>
    {
        ["standard"] = ServiceTier.Standard,
        ["batch"] = ServiceTier.Batch,
        ["flex"] = ServiceTier.Flex,
        ["priority"] = ServiceTier.Priority,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
