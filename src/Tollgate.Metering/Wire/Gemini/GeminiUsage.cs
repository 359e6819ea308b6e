using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Wire.Gemini;

/// <summary>
/// One <c>usageMetadata</c> object and its disjoint reading. The prompt's count includes the cached tokens; the
/// candidates do not include thoughts; tokens of tool results are in addition to the prompt's.
/// </summary>
/// <remarks>
/// Source: Gemini API reference, object <c>UsageMetadata</c>, and <c>ModalityTokenCount</c> for its details.
/// </remarks>
internal struct GeminiUsage
{
    private long? _prompt;
    private long? _candidates;
    private long? _total;
    private long _cached;
    private long _thoughts;
    private long _toolPrompt;
    private bool _isImpossible;
    private Modalities _promptBy;
    private Modalities _cachedBy;
    private Modalities _candidatesBy;
    private Modalities _toolPromptBy;

    /// <summary>The plain counts.</summary>
    public enum Field
    {
        Prompt,
        Cached,
        Candidates,
        Thoughts,
        ToolPrompt,
        Total,
    }

    /// <summary>The counts by modality.</summary>
    public enum Detail
    {
        Prompt,
        Cached,
        Candidates,
        ToolPrompt,
    }

    /// <summary>True if a usage was reported; an object with only a total (embeddings) counts.</summary>
    public readonly bool IsReported => !_isImpossible && (_prompt ?? _candidates ?? _total) is not null;

    /// <summary>Sets one plain count. Null changes nothing; a negative count invalidates the whole usage.</summary>
    public void Set(Field field, long? count)
    {
        if (count is not { } value)
            return;
        _isImpossible |= value < 0;
        switch (field)
        {
            case Field.Prompt:
                _prompt = value;
                break;
            case Field.Cached:
                _cached = value;
                break;
            case Field.Candidates:
                _candidates = value;
                break;
            case Field.Thoughts:
                _thoughts = value;
                break;
            case Field.ToolPrompt:
                _toolPrompt = value;
                break;
            case Field.Total:
                _total = value;
                break;
        }
    }

    /// <summary>Adds one entry of a list by modality.</summary>
    public void Add(Detail detail, Modality modality, long count)
    {
        switch (detail)
        {
            case Detail.Prompt:
                _promptBy.Add(modality, count);
                break;
            case Detail.Cached:
                _cachedBy.Add(modality, count);
                break;
            case Detail.Candidates:
                _candidatesBy.Add(modality, count);
                break;
            case Detail.ToolPrompt:
                _toolPromptBy.Add(modality, count);
                break;
        }
    }

    /// <summary>The disjoint reading.</summary>
    public readonly TokenUsage ToUsage()
    {
        var output = _candidates ?? 0;
        var prompt = _prompt ?? Math.Max(0, (_total ?? 0) - output - _thoughts - _toolPrompt);
        var cached = Math.Min(_cached, prompt);
        var cachedAudio = Math.Min(_cachedBy.Audio, cached);
        var input = prompt - cached + _toolPrompt;
        var audio = Math.Clamp(_promptBy.Audio + _toolPromptBy.Audio - cachedAudio, 0, input);
        var image = Math.Clamp(_promptBy.Image + _toolPromptBy.Image - _cachedBy.Image, 0, input - audio);
        var outputAudio = Math.Min(_candidatesBy.Audio, output);
        var outputImage = Math.Min(_candidatesBy.Image, output - outputAudio);
        return new TokenUsage
        {
            [UsageKind.InputText] = input - audio - image,
            [UsageKind.InputAudio] = audio,
            [UsageKind.InputImage] = image,
            [UsageKind.CacheRead] = cached - cachedAudio,
            [UsageKind.CacheReadAudio] = cachedAudio,
            [UsageKind.OutputText] = output - outputAudio - outputImage,
            [UsageKind.OutputReasoning] = _thoughts,
            [UsageKind.OutputAudio] = outputAudio,
            [UsageKind.OutputImage] = outputImage,
            [UsageKind.Request] = 1,
        };
    }

    /// <summary>The modalities in the details; documents are billed as text, video frames as images.</summary>
    public enum Modality
    {
        Text,
        Image,
        Audio,
    }

    private struct Modalities
    {
        public long Audio;
        public long Image;

        public void Add(Modality modality, long count)
        {
            if (modality == Modality.Audio)
                Audio += count;
            if (modality == Modality.Image)
                Image += count;
        }
    }
}
