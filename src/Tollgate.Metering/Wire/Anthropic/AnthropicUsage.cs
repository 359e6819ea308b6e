using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Wire.Anthropic;

/// <summary>
/// One <c>usage</c> object of the Messages API, or one of its iterations, and its disjoint reading. Anthropic's
/// <c>input_tokens</c> include neither cache reads nor cache writes; its <c>output_tokens</c> include the thinking.
/// </summary>
/// <remarks>
/// Source: Anthropic API reference, objects <c>Usage</c>, <c>MessageDeltaUsage</c> and <c>BetaUsage</c>.
/// </remarks>
internal struct AnthropicUsage
{
    private long? _input;
    private long? _output;
    private long _cacheRead;
    private long _cacheWrite;
    private long _cacheWrite5m;
    private long _cacheWrite1h;
    private long _thinking;
    private long _webSearches;
    private bool _isImpossible;

    /// <summary>The fields of a usage object.</summary>
    public enum Field
    {
        Input,
        Output,
        CacheRead,
        CacheWrite,
        CacheWrite5m,
        CacheWrite1h,
        Thinking,
        WebSearches,
    }

    /// <summary>The number of <see cref="Field"/>s.</summary>
    public const int FieldCount = (int)Field.WebSearches + 1;

    /// <summary>True if a usage was reported.</summary>
    public readonly bool IsReported => !_isImpossible && (_input is not null || _output is not null);

    /// <summary>
    /// The paths of a usage object at <paramref name="prefix"/>, numbered from <paramref name="first"/>.
    /// </summary>
    public static IEnumerable<(string, int)> PathsAt(string prefix, int first) =>
        [
            ($"{prefix}.input_tokens", first + (int)Field.Input),
            ($"{prefix}.output_tokens", first + (int)Field.Output),
            ($"{prefix}.cache_read_input_tokens", first + (int)Field.CacheRead),
            ($"{prefix}.cache_creation_input_tokens", first + (int)Field.CacheWrite),
            ($"{prefix}.cache_creation.ephemeral_5m_input_tokens", first + (int)Field.CacheWrite5m),
            ($"{prefix}.cache_creation.ephemeral_1h_input_tokens", first + (int)Field.CacheWrite1h),
            ($"{prefix}.output_tokens_details.thinking_tokens", first + (int)Field.Thinking),
            ($"{prefix}.server_tool_use.web_search_requests", first + (int)Field.WebSearches),
        ];

    /// <summary>
    /// Sets one field. A later value replaces an earlier one; null changes nothing; a negative count invalidates the
    /// whole usage.
    /// </summary>
    public void Set(Field field, long? count)
    {
        if (count is not { } value)
            return;
        _isImpossible |= value < 0;
        switch (field)
        {
            case Field.Input:
                _input = value;
                break;
            case Field.Output:
                _output = value;
                break;
            case Field.CacheRead:
                _cacheRead = value;
                break;
            case Field.CacheWrite:
                _cacheWrite = value;
                break;
            case Field.CacheWrite5m:
                _cacheWrite5m = value;
                break;
            case Field.CacheWrite1h:
                _cacheWrite1h = value;
                break;
            case Field.Thinking:
                _thinking = value;
                break;
            case Field.WebSearches:
                _webSearches = value;
                break;
        }
    }

    /// <summary>The disjoint reading.</summary>
    public readonly TokenUsage ToUsage()
    {
        var output = _output ?? 0;
        var thinking = Math.Min(_thinking, output);
        // Tokens not covered by the split were written for the default time, five minutes.
        var unsplit = Math.Max(0, _cacheWrite - _cacheWrite5m - _cacheWrite1h);
        return new TokenUsage
        {
            [UsageKind.InputText] = _input ?? 0,
            [UsageKind.CacheRead] = _cacheRead,
            [UsageKind.CacheWrite5m] = _cacheWrite5m + unsplit,
            [UsageKind.CacheWrite1h] = _cacheWrite1h,
            [UsageKind.OutputText] = output - thinking,
            [UsageKind.OutputReasoning] = thinking,
            [UsageKind.ToolUse] = _webSearches,
            [UsageKind.Request] = 1,
        };
    }
}
