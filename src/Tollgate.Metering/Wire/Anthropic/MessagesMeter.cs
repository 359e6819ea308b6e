using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Wire.Anthropic;

/// <summary>
/// Meters <c>/v1/messages</c>. In a stream, <c>message_start</c> reports the input and <c>message_delta</c> the
/// cumulative output; the delta may repeat the input, and then the later value applies. <c>message_stop</c> ends it.
/// </summary>
/// <remarks>
/// If <c>usage.iterations</c> is present (compaction, an advisor model, a fallback), it is the bill: each entry is one
/// inference, possibly of another model, and compactions are not included in the totals next to it.
/// </remarks>
public sealed class MessagesMeter : JsonUsageMeter
{
    private static readonly JsonPaths Paths = new([
        ("type", (int)Field.Type),
        ("error", (int)Field.Error),
        ("error.type", (int)Field.ErrorType),
        ("delta.text", (int)Field.Text),
        ("delta.thinking", (int)Field.Text),
        ("delta.partial_json", (int)Field.Text),
        ("content.text", (int)Field.Text),
        .. MessageAt(""),
        .. MessageAt("message."),
    ]);

    private AnthropicUsage _usage;
    private AnthropicUsage _nextUsage;
    private AnthropicUsage _iteration;
    private string? _iterationModel;
    private List<UsagePart>? _parts;
    private List<UsagePart>? _nextParts;
    private FrameRole _role;

    /// <summary>Creates a meter for one response.</summary>
    public MessagesMeter()
        : base(Paths) { }

    private enum Field
    {
        Type,
        Error,
        ErrorType,
        Text,
        Id,
        Model,
        ServiceTier,
        Speed,
        InferenceGeo,
        UsageObject,
        Iterations,
        IterationModel,
        Usage = 100,
        Iteration = Usage + AnthropicUsage.FieldCount,
    }

    private protected override bool HasUsage => _usage.IsReported;

    private protected override TokenUsage Usage
    {
        get
        {
            var usage = _usage.ToUsage();
            if (_parts is not { Count: > 0 })
                return usage;
            var sum = default(TokenUsage);
            foreach (var part in _parts)
                sum += part.Usage;
            // Searches and the request itself are reported once for the whole call.
            sum[UsageKind.ToolUse] = usage[UsageKind.ToolUse];
            sum[UsageKind.Request] = 1;
            return sum;
        }
    }

    private protected override IReadOnlyList<UsagePart>? Parts => _parts is { Count: > 0 } ? _parts : null;

    /// <inheritdoc/>
    public override FrameRole ReadFrame(ReadOnlySpan<byte> eventName, ReadOnlySpan<byte> data)
    {
        _role = FrameRole.Content;
        if (data.IsEmpty || !TryReadJson(data) || _role != FrameRole.Terminal)
            return FrameRole.Content;
        IsComplete = ErrorType is null;
        return FrameRole.Terminal;
    }

    /// <inheritdoc/>
    public override void OnStart(int field, JsonTokenType token)
    {
        switch ((Field)field)
        {
            case Field.Error when token == JsonTokenType.StartObject:
                ErrorType ??= "error";
                break;
            case Field.UsageObject when token == JsonTokenType.StartObject:
                // Fields that this report omits keep their earlier values.
                _nextUsage = _usage;
                _nextParts = _parts;
                break;
            case Field.Iterations when token == JsonTokenType.StartArray:
                _nextParts = [];
                break;
            case Field.Iterations when token == JsonTokenType.StartObject:
                _iteration = default;
                _iterationModel = null;
                break;
        }
    }

    /// <inheritdoc/>
    public override void OnEnd(int field, JsonTokenType token)
    {
        if (token != JsonTokenType.EndObject)
            return;
        if (field == (int)Field.Iterations)
        {
            var usage = _iteration.ToUsage();
            usage[UsageKind.Request] = 0;
            _nextParts?.Add(new UsagePart(_iterationModel, usage));
        }
        else if (field == (int)Field.UsageObject && _nextUsage.IsReported)
        {
            // Not before its end: a truncated number would be taken at face value.
            _usage = _nextUsage;
            _parts = _nextParts;
        }
    }

    /// <inheritdoc/>
    public override void OnValue(int field, ref Utf8JsonReader reader)
    {
        switch ((Field)field)
        {
            case Field.Type when reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("message_stop"u8):
                _role = FrameRole.Terminal;
                break;
            case Field.Error when reader.TokenType == JsonTokenType.String:
                ErrorType ??= "error";
                break;
            case Field.ErrorType:
                ErrorType = ReadName(ref reader, ErrorType);
                break;
            case Field.Text:
                CountOutput(ref reader);
                break;
            case Field.Id:
                ReadId(ref reader);
                break;
            case Field.Model:
                ResponseModel = ReadName(ref reader, ResponseModel);
                break;
            case Field.ServiceTier or Field.Speed:
                ServiceTier = ReadTier(ref reader) ?? ServiceTier;
                break;
            case Field.InferenceGeo when reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("us"u8):
                ServiceTier = Metering.Usage.ServiceTier.Regional;
                break;
            case Field.IterationModel:
                _iterationModel = ReadName(ref reader, _iterationModel);
                break;
            case >= Field.Iteration:
                var count = ReadCount(ref reader);
                if (count == ImpossibleCount)
                    _nextUsage.Set(AnthropicUsage.Field.Input, count);
                else
                    _iteration.Set((AnthropicUsage.Field)(field - (int)Field.Iteration), count);
                break;
            case >= Field.Usage:
                _nextUsage.Set((AnthropicUsage.Field)(field - (int)Field.Usage), ReadCount(ref reader));
                break;
        }
    }

    /// <summary>
    /// Reads a tier by its name; standard speed does not determine the tier, so it does not override it.
    /// </summary>
    private ServiceTier? ReadTier(ref Utf8JsonReader reader)
    {
        // Neither speed nor tier overrides the region: no price book has a price for both together.
        if (reader.TokenType != JsonTokenType.String || ServiceTier == Metering.Usage.ServiceTier.Regional)
            return null;
        if (reader.ValueTextEquals("fast"u8))
            return Metering.Usage.ServiceTier.Fast;
        if (reader.ValueTextEquals("priority"u8))
            return Metering.Usage.ServiceTier.Priority;
        if (reader.ValueTextEquals("batch"u8))
            return Metering.Usage.ServiceTier.Batch;
        return ServiceTier ?? Metering.Usage.ServiceTier.Standard;
    }

    private static IEnumerable<(string, int)> MessageAt(string prefix) =>
        [
            (prefix + "id", (int)Field.Id),
            (prefix + "model", (int)Field.Model),
            (prefix + "usage", (int)Field.UsageObject),
            (prefix + "usage.service_tier", (int)Field.ServiceTier),
            (prefix + "usage.speed", (int)Field.Speed),
            (prefix + "usage.inference_geo", (int)Field.InferenceGeo),
            (prefix + "usage.iterations", (int)Field.Iterations),
            (prefix + "usage.iterations.model", (int)Field.IterationModel),
            .. AnthropicUsage.PathsAt(prefix + "usage", (int)Field.Usage),
            .. AnthropicUsage.PathsAt(prefix + "usage.iterations", (int)Field.Iteration),
        ];
}
