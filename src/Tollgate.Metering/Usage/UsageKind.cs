namespace Tollgate.Metering.Usage;

/// <summary>
/// The kinds of usage that a provider may bill separately. The kinds are disjoint: a token is counted in exactly one of
/// them, no matter how the provider's own fields overlap.
/// </summary>
public enum UsageKind
{
    /// <summary>Text input tokens that were neither read from nor written to a prompt cache.</summary>
    InputText,

    /// <summary>Uncached input tokens of audio.</summary>
    InputAudio,

    /// <summary>Uncached input tokens of images and video frames, if the provider reports them separately.</summary>
    InputImage,

    /// <summary>Input tokens that were read from a prompt cache (text, or not distinguished).</summary>
    CacheRead,

    /// <summary>Input tokens of audio that were read from a prompt cache.</summary>
    CacheReadAudio,

    /// <summary>
    /// Input tokens written to a cache that lives for five minutes, or for the provider's default time.
    /// </summary>
    CacheWrite5m,

    /// <summary>Input tokens written to a cache that lives for one hour.</summary>
    CacheWrite1h,

    /// <summary>Output tokens of visible text, tool calls and refusals.</summary>
    OutputText,

    /// <summary>Output tokens spent on reasoning, shown or not.</summary>
    OutputReasoning,

    /// <summary>Output tokens of audio.</summary>
    OutputAudio,

    /// <summary>Output tokens of images.</summary>
    OutputImage,

    /// <summary>Uses of a tool that the provider runs and bills per use, such as one web search.</summary>
    ToolUse,

    /// <summary>Requests, for the few models with a fee per request.</summary>
    Request,

    /// <summary>
    /// Seconds of audio or video, for models billed by duration; fractions of a second are rounded up.
    /// </summary>
    Second,

    /// <summary>Characters, for models billed by character.</summary>
    Character,
}
