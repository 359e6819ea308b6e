using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Wire.OpenAI;

/// <summary>
/// One <c>usage</c> object of the OpenAI family, as it appears on the wire, and its disjoint reading. Chat Completions
/// and Responses use different names for the same fields; providers that speak the dialect differ in which counts
/// include which. If the parts are ambiguous, the object's own total decides.
/// </summary>
/// <remarks>
/// Sources: OpenAI API reference, objects <c>CompletionUsage</c> and <c>ResponseUsage</c> (cached, cache-written and
/// audio tokens are part of the prompt's, reasoning and audio tokens of the completion's); xAI reference, "Usage"
/// (reasoning is <em>not</em> part of the completion's tokens, but of the total); DeepSeek reference
/// (<c>prompt_cache_hit_tokens</c>); Moonshot reference (<c>cached_tokens</c> beside the prompt's).
/// </remarks>
internal struct OpenAIUsage
{
    private long? _input;
    private long? _output;
    private long? _total;
    private long _cached;
    private long _cacheHit;
    private long _cacheWrite;
    private long _inputAudio;
    private long _inputImage;
    private long _reasoning;
    private long _outputAudio;
    private long _outputImage;
    private bool _isImpossible;

    /// <summary>The fields of a usage object, numbered for <see cref="JsonPaths"/>.</summary>
    public enum Field
    {
        Input = 1000,
        Output,
        Total,
        Cached,
        CacheHit,
        CacheWrite,
        InputAudio,
        InputImage,
        Reasoning,
        OutputAudio,
        OutputImage,
    }

    /// <summary>
    /// True if a usage was reported. A completion without output (embeddings) reports only its prompt.
    /// </summary>
    public readonly bool IsReported => !_isImpossible && (_input is not null || _output is not null);

    /// <summary>The paths of a usage object at <paramref name="prefix"/>.</summary>
    public static IEnumerable<(string, int)> PathsAt(string prefix)
    {
        foreach (var (side, names) in new[] { ("input", "input_tokens_details"), ("prompt", "prompt_tokens_details") })
        {
            yield return ($"{prefix}.{side}_tokens", (int)Field.Input);
            yield return ($"{prefix}.{names}.cached_tokens", (int)Field.Cached);
            yield return ($"{prefix}.{names}.cache_write_tokens", (int)Field.CacheWrite);
            yield return ($"{prefix}.{names}.audio_tokens", (int)Field.InputAudio);
            yield return ($"{prefix}.{names}.image_tokens", (int)Field.InputImage);
        }

        foreach (
            var (side, names) in new[]
            {
                ("output", "output_tokens_details"),
                ("completion", "completion_tokens_details"),
            }
        )
        {
            yield return ($"{prefix}.{side}_tokens", (int)Field.Output);
            yield return ($"{prefix}.{names}.reasoning_tokens", (int)Field.Reasoning);
            yield return ($"{prefix}.{names}.audio_tokens", (int)Field.OutputAudio);
            yield return ($"{prefix}.{names}.image_tokens", (int)Field.OutputImage);
        }

        yield return ($"{prefix}.total_tokens", (int)Field.Total);
        yield return ($"{prefix}.cached_tokens", (int)Field.Cached);
        yield return ($"{prefix}.prompt_cache_hit_tokens", (int)Field.CacheHit);
        yield return ($"{prefix}.num_cached_tokens", (int)Field.CacheHit);
    }

    /// <summary>Sets one field. Null changes nothing; a negative count invalidates the whole usage.</summary>
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
            case Field.Total:
                _total = value;
                break;
            case Field.Cached:
                _cached = value;
                break;
            case Field.CacheHit:
                _cacheHit = value;
                break;
            case Field.CacheWrite:
                _cacheWrite = value;
                break;
            case Field.InputAudio:
                _inputAudio = value;
                break;
            case Field.InputImage:
                _inputImage = value;
                break;
            case Field.Reasoning:
                _reasoning = value;
                break;
            case Field.OutputAudio:
                _outputAudio = value;
                break;
            case Field.OutputImage:
                _outputImage = value;
                break;
        }
    }

    /// <summary>The disjoint reading.</summary>
    public readonly TokenUsage ToUsage()
    {
        var input = _input ?? Math.Max(0, (_total ?? 0) - (_output ?? 0));
        var output = _output ?? Math.Max(0, (_total ?? 0) - input);
        var cached = Math.Max(_cached, _cacheHit);
        var reasoning = _reasoning;
        var beyond = (_total ?? input + output) - input - output;

        // The total exceeds the two sums: by the cached tokens, by them and the reasoning, by the reasoning (xAI), or
        // by output that no other field covers (the thoughts of Gemini behind this dialect).
        if (beyond > 0 && beyond != reasoning && beyond == cached)
            input += cached;
        else if (beyond > 0 && cached > 0 && beyond == cached + reasoning)
            (input, output) = (input + cached, output + reasoning);
        else if (beyond > 0)
            (output, reasoning) = (output + beyond, reasoning == 0 ? beyond : reasoning);

        // A part larger than its whole can only be in addition to it, unless the total has no room for it.
        if (cached + _cacheWrite > input)
            input += cached + _cacheWrite;
        if (reasoning > output && _total is null)
            output += reasoning;
        reasoning = Math.Min(reasoning, output);

        var rest = input - cached - _cacheWrite;
        var audio = Math.Min(_inputAudio, rest);
        var image = Math.Min(_inputImage, rest - audio);
        var generated = output - reasoning;
        var outputAudio = Math.Min(_outputAudio, generated);
        var outputImage = Math.Min(_outputImage, generated - outputAudio);
        return new TokenUsage
        {
            [UsageKind.InputText] = rest - audio - image,
            [UsageKind.InputAudio] = audio,
            [UsageKind.InputImage] = image,
            [UsageKind.CacheRead] = cached,
            [UsageKind.CacheWrite5m] = _cacheWrite,
            [UsageKind.OutputText] = generated - outputAudio - outputImage,
            [UsageKind.OutputReasoning] = reasoning,
            [UsageKind.OutputAudio] = outputAudio,
            [UsageKind.OutputImage] = outputImage,
            [UsageKind.Request] = 1,
        };
    }

    /// <summary>
    /// OpenAI's <c>service_tier</c>; null for an unknown name (<c>scale</c> is prepaid at the standard price,
    /// <c>on_demand</c> is Groq's standard).
    /// </summary>
    public static ServiceTier? ReadTier(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
            return null;
        if (reader.ValueTextEquals("priority"u8))
            return ServiceTier.Priority;
        if (reader.ValueTextEquals("flex"u8))
            return ServiceTier.Flex;
        if (reader.ValueTextEquals("batch"u8))
            return ServiceTier.Batch;
        return
            reader.ValueTextEquals("default"u8)
            || reader.ValueTextEquals("standard"u8)
            || reader.ValueTextEquals("on_demand"u8)
            || reader.ValueTextEquals("scale"u8)
            ? ServiceTier.Standard
            : null;
    }
}
