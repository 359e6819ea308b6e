using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Pricing;

/// <summary>The names of the price file, for reading and writing.</summary>
/// <remarks>
/// Plain lists: they are short, and a dictionary over an enum would be compiled at every program start.
/// </remarks>
internal static class PriceFileNames
{
    public const decimal Million = 1_000_000m;

    public static readonly KindName[] PerMillion =
    [
        new("input", UsageKind.InputText),
        new("input_audio", UsageKind.InputAudio),
        new("input_image", UsageKind.InputImage),
        new("cache_read", UsageKind.CacheRead),
        new("cache_read_audio", UsageKind.CacheReadAudio),
        new("cache_write_5m", UsageKind.CacheWrite5m),
        new("cache_write_1h", UsageKind.CacheWrite1h),
        new("output", UsageKind.OutputText),
        new("reasoning", UsageKind.OutputReasoning),
        new("output_audio", UsageKind.OutputAudio),
        new("output_image", UsageKind.OutputImage),
        new("character", UsageKind.Character),
    ];

    public static readonly KindName[] PerUnit =
    [
        new("tool_use", UsageKind.ToolUse),
        new("request", UsageKind.Request),
        new("second", UsageKind.Second),
    ];

    /// <summary>The service tiers, in order of declaration.</summary>
    public static readonly string[] Tiers = ["standard", "batch", "flex", "priority", "fast", "regional"];
}

/// <summary>The name of a kind in the price file.</summary>
internal sealed record KindName(string Name, UsageKind Kind);
