using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Wire.Gemini;

/// <summary>
/// Meters <c>:generateContent</c>, <c>:streamGenerateContent</c> and <c>:embedContent</c>. Every chunk of a stream may
/// report the usage so far; the last report applies.
/// </summary>
/// <remarks>
/// The dialect has no terminal event: the stream ends after the chunk with the finish reason of its last candidate. A
/// chunk with a finish reason, or with the reason why a prompt was blocked, may therefore be the last.
/// </remarks>
public sealed class GenerateContentMeter : JsonUsageMeter
{
    private static readonly JsonPaths Paths = new([
        ("responseId", (int)Field.Id),
        ("modelVersion", (int)Field.Model),
        ("candidates", (int)Field.Candidate),
        ("candidates.index", (int)Field.CandidateIndex),
        ("candidates.content.parts.text", (int)Field.Text),
        ("candidates.finishReason", (int)Field.Finish),
        ("candidates.groundingMetadata.webSearchQueries", (int)Field.WebSearch),
        ("promptFeedback.blockReason", (int)Field.Blocked),
        ("error", (int)Field.Error),
        ("error.status", (int)Field.ErrorStatus),
        ("usageMetadata", (int)Field.Usage),
        ("usageMetadata.promptTokenCount", (int)Field.Count + (int)GeminiUsage.Field.Prompt),
        ("usageMetadata.cachedContentTokenCount", (int)Field.Count + (int)GeminiUsage.Field.Cached),
        ("usageMetadata.candidatesTokenCount", (int)Field.Count + (int)GeminiUsage.Field.Candidates),
        ("usageMetadata.thoughtsTokenCount", (int)Field.Count + (int)GeminiUsage.Field.Thoughts),
        ("usageMetadata.toolUsePromptTokenCount", (int)Field.Count + (int)GeminiUsage.Field.ToolPrompt),
        ("usageMetadata.totalTokenCount", (int)Field.Count + (int)GeminiUsage.Field.Total),
        ("usageMetadata.serviceTier", (int)Field.ServiceTier),
        ("usageMetadata.trafficType", (int)Field.TrafficType),
        .. DetailsAt("promptTokensDetails", GeminiUsage.Detail.Prompt),
        .. DetailsAt("promptTokenDetails", GeminiUsage.Detail.Prompt),
        .. DetailsAt("cacheTokensDetails", GeminiUsage.Detail.Cached),
        .. DetailsAt("candidatesTokensDetails", GeminiUsage.Detail.Candidates),
        .. DetailsAt("toolUsePromptTokensDetails", GeminiUsage.Detail.ToolPrompt),
    ]);

    private GeminiUsage _usage;
    private GeminiUsage _nextUsage;
    private CandidateSet _candidates;
    private bool _isGrounded;
    private GeminiUsage.Modality _modality;
    private long _modalityCount;

    /// <summary>Creates a meter for one response.</summary>
    public GenerateContentMeter()
        : base(Paths) { }

    private enum Field
    {
        Id,
        Model,
        Text,
        Candidate,
        CandidateIndex,
        Finish,
        Blocked,
        WebSearch,
        Error,
        ErrorStatus,
        Usage,
        ServiceTier,
        TrafficType,
        Count = 100,
        Detail = 200,
        DetailModality = 300,
        DetailCount = 400,
    }

    private protected override bool HasUsage => _usage.IsReported;

    private protected override TokenUsage Usage
    {
        get
        {
            var usage = _usage.ToUsage();
            // Grounding is billed once per grounded response, no matter how many queries it ran.
            usage[UsageKind.ToolUse] = _isGrounded ? 1 : 0;
            return usage;
        }
    }

    /// <inheritdoc/>
    public override FrameRole ReadFrame(ReadOnlySpan<byte> eventName, ReadOnlySpan<byte> data)
    {
        var before = _candidates;
        if (data.IsEmpty)
            return FrameRole.Content;
        if (!TryReadJson(data))
        {
            _candidates = before;
            return FrameRole.Content;
        }

        // Grounding and late counts may follow the finish reason: any chunk after it may be the last.
        if (!_candidates.AllFinished)
            return FrameRole.Content;
        IsComplete = ErrorType is null;
        return FrameRole.PerhapsTerminal;
    }

    /// <inheritdoc/>
    public override void OnStart(int field, JsonTokenType token)
    {
        if (field == (int)Field.Usage)
            _nextUsage = default;
        if (field == (int)Field.Error)
            ErrorType ??= "error";
        if (field == (int)Field.Candidate && token == JsonTokenType.StartObject)
            _candidates.Begin();
        if (field is < (int)Field.Detail or >= (int)Field.DetailModality || token != JsonTokenType.StartObject)
            return;
        _modality = GeminiUsage.Modality.Text;
        _modalityCount = 0;
    }

    /// <inheritdoc/>
    public override void OnEnd(int field, JsonTokenType token)
    {
        if (field == (int)Field.Candidate && token == JsonTokenType.EndObject)
            _candidates.End();
        // A report counts once it is complete; one without any count (Vertex AI, until the last chunk) does not.
        if (field == (int)Field.Usage && _nextUsage.IsReported)
            _usage = _nextUsage;
        if (field is < (int)Field.Detail or >= (int)Field.DetailModality || token != JsonTokenType.EndObject)
            return;
        _nextUsage.Add((GeminiUsage.Detail)(field - (int)Field.Detail), _modality, _modalityCount);
    }

    /// <inheritdoc/>
    public override void OnValue(int field, ref Utf8JsonReader reader)
    {
        switch ((Field)field)
        {
            case Field.Id:
                ReadId(ref reader);
                break;
            case Field.Model:
                ResponseModel = ReadName(ref reader, ResponseModel);
                break;
            case Field.Text:
                CountOutput(ref reader);
                break;
            case Field.CandidateIndex:
                _candidates.Index = ReadCount(ref reader) ?? 0;
                break;
            case Field.Finish:
                _candidates.IsFinished |= reader.TokenType == JsonTokenType.String;
                break;
            case Field.Blocked:
                _candidates.IsPromptBlocked |= reader.TokenType == JsonTokenType.String;
                break;
            case Field.WebSearch:
                _isGrounded = true;
                break;
            case Field.Error when reader.TokenType == JsonTokenType.String:
                ErrorType ??= "error";
                break;
            case Field.ErrorStatus:
                ErrorType = ReadName(ref reader, ErrorType);
                break;
            case Field.ServiceTier or Field.TrafficType:
                ServiceTier = ReadTier(ref reader) ?? ServiceTier;
                break;
            case >= Field.DetailCount:
                _modalityCount = ReadCount(ref reader) ?? 0;
                if (_modalityCount == ImpossibleCount)
                    _nextUsage.Set(GeminiUsage.Field.Total, ImpossibleCount);
                break;
            case >= Field.DetailModality:
                _modality = ReadModality(ref reader);
                break;
            case >= Field.Count:
                _nextUsage.Set((GeminiUsage.Field)(field - (int)Field.Count), ReadCount(ref reader));
                break;
        }
    }

    private static GeminiUsage.Modality ReadModality(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
            return GeminiUsage.Modality.Text;
        if (reader.ValueTextEquals("AUDIO"u8))
            return GeminiUsage.Modality.Audio;
        return reader.ValueTextEquals("IMAGE"u8) || reader.ValueTextEquals("VIDEO"u8)
            ? GeminiUsage.Modality.Image
            : GeminiUsage.Modality.Text;
    }

    private static ServiceTier? ReadTier(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
            return null;
        if (reader.ValueTextEquals("flex"u8) || reader.ValueTextEquals("ON_DEMAND_FLEX"u8))
            return Metering.Usage.ServiceTier.Flex;
        if (reader.ValueTextEquals("priority"u8) || reader.ValueTextEquals("ON_DEMAND_PRIORITY"u8))
            return Metering.Usage.ServiceTier.Priority;
        return Metering.Usage.ServiceTier.Standard;
    }

    private static IEnumerable<(string, int)> DetailsAt(string name, GeminiUsage.Detail detail) =>
        [
            ($"usageMetadata.{name}", (int)Field.Detail + (int)detail),
            ($"usageMetadata.{name}.modality", (int)Field.DetailModality + (int)detail),
            ($"usageMetadata.{name}.tokenCount", (int)Field.DetailCount + (int)detail),
        ];
}
