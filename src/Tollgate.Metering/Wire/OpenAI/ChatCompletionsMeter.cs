using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Wire.OpenAI;

/// <summary>
/// Meters <c>/v1/chat/completions</c>, <c>/v1/completions</c> and <c>/v1/embeddings</c>, and every provider that
/// speaks them.
/// </summary>
/// <remarks>
/// A stream reports its usage in a final chunk with empty <c>choices</c> if <c>stream_options.include_usage</c>
/// requested it; some providers report it in the last choice's chunk, in every chunk (cumulative; the last one wins),
/// or under <c>x_groq</c>. The stream ends with <c>data: [DONE]</c>.
/// </remarks>
public sealed class ChatCompletionsMeter : JsonUsageMeter
{
    private static readonly JsonPaths Paths = new([
        ("id", (int)Field.Id),
        ("object", (int)Field.Object),
        ("model", (int)Field.Model),
        ("service_tier", (int)Field.ServiceTier),
        ("usage.service_tier", (int)Field.ServiceTier),
        ("choices", (int)Field.Choice),
        ("choices.text", (int)Field.Text),
        ("choices.delta.content", (int)Field.Text),
        ("choices.delta.refusal", (int)Field.Text),
        ("choices.delta.reasoning_content", (int)Field.Text),
        ("choices.delta.reasoning", (int)Field.Text),
        ("choices.delta.function_call.arguments", (int)Field.Text),
        ("choices.delta.tool_calls.function.arguments", (int)Field.Text),
        ("choices.delta.audio.transcript", (int)Field.Text),
        ("choices.message.content", (int)Field.Text),
        ("choices.message.refusal", (int)Field.Text),
        ("choices.message.reasoning_content", (int)Field.Text),
        ("choices.message.reasoning", (int)Field.Text),
        ("choices.message.function_call.arguments", (int)Field.Text),
        ("choices.message.tool_calls.function.arguments", (int)Field.Text),
        ("choices.message.audio.transcript", (int)Field.Text),
        ("type", (int)Field.ErrorObjectType),
        ("code", (int)Field.ErrorObjectType),
        ("error", (int)Field.Error),
        ("error.type", (int)Field.ErrorType),
        ("error.code", (int)Field.ErrorType),
        ("usage", (int)Field.Usage),
        ("choices.usage", (int)Field.Usage),
        ("x_groq.usage", (int)Field.Usage),
        .. OpenAIUsage.PathsAt("usage"),
        .. OpenAIUsage.PathsAt("choices.usage"),
        .. OpenAIUsage.PathsAt("x_groq.usage"),
    ]);

    private OpenAIUsage _usage;
    private OpenAIUsage _nextUsage;
    private bool _frameHasUsage;
    private bool _frameHasChoices;
    private bool _isErrorObject;

    /// <summary>Creates a meter for one response.</summary>
    public ChatCompletionsMeter()
        : base(Paths) { }

    private enum Field
    {
        Id,
        Object,
        Model,
        ServiceTier,
        Choice,
        Text,
        Error,
        ErrorType,
        ErrorObjectType,
        Usage,
    }

    private protected override bool HasUsage => _usage.IsReported;

    private protected override TokenUsage Usage => _usage.ToUsage();

    /// <inheritdoc/>
    public override FrameRole ReadFrame(ReadOnlySpan<byte> eventName, ReadOnlySpan<byte> data)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            IsComplete = ErrorType is null;
            return FrameRole.Terminal;
        }

        _frameHasUsage = _frameHasChoices = false;
        if (data.IsEmpty || !TryReadJson(data))
            return FrameRole.Content;
        if (!_frameHasUsage || _frameHasChoices || ErrorType is not null)
            return FrameRole.Content;
        // By the protocol only [DONE] follows; a provider that omits it has still sent everything.
        IsComplete = true;
        return FrameRole.UsageOnly;
    }

    /// <inheritdoc/>
    public override void OnStart(int field, JsonTokenType token)
    {
        if (token != JsonTokenType.StartObject)
            return;
        if (field == (int)Field.Choice)
            _frameHasChoices = true;
        if (field == (int)Field.Error)
            ErrorType ??= "error";
        if (field != (int)Field.Usage)
            return;
        _nextUsage = default;
    }

    /// <inheritdoc/>
    public override void OnEnd(int field, JsonTokenType token)
    {
        if (field != (int)Field.Usage || token != JsonTokenType.EndObject || !_nextUsage.IsReported)
            return;
        // A later usage replaces an earlier one as a whole: they are cumulative. A truncated one does not.
        _usage = _nextUsage;
        _frameHasUsage = true;
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
            case Field.ServiceTier:
                ServiceTier = OpenAIUsage.ReadTier(ref reader) ?? ServiceTier;
                break;
            case Field.Text:
                CountOutput(ref reader);
                break;
            case Field.Object when reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("error"u8):
                // Mistral and vLLM: the error is the body itself.
                _isErrorObject = true;
                ErrorType ??= "error";
                break;
            case Field.Error when reader.TokenType == JsonTokenType.String:
                ErrorType ??= "error";
                break;
            case Field.ErrorObjectType when _isErrorObject:
            case Field.ErrorType:
                ErrorType = ReadName(ref reader, ErrorType);
                break;
            case >= (Field)OpenAIUsage.Field.Input:
                _nextUsage.Set((OpenAIUsage.Field)field, ReadCount(ref reader));
                break;
        }
    }
}
